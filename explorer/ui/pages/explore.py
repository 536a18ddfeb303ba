"""Explore: build networks that differ in one thing, race them, watch the gradient of every layer."""

import streamlit as st
from pydantic import ValidationError

from explorer.runs.queue import resume_race, submit_race
from explorer.runs.records import Run
from explorer.specs import LimitError, Race, sentences, settings
from explorer.ui import builder, staging
from explorer.ui.cache import owner, store
from explorer.ui.components.stage import stage

state = st.session_state


def _adopt_link() -> None:
    """Take over runs that the address names and this session has not seen: the builder follows them."""
    named = tuple(st.query_params.get_all("run"))
    if named and named != state.get("staged_runs"):
        runs = staging.runs_in_url(store())
        if runs:
            builder.load(staging.race_of(runs))
            state["staged_race"] = staging.race_of(runs)
        state["staged_runs"] = named


def _runs(race: Race) -> list[Run]:
    """The runs on stage: those of the address while the builder still describes them, else the latest of this race."""
    runs = staging.runs_in_url(store())
    if (
        not runs
        or race.fitted_networks != staging.race_of(runs).fitted_networks
        or race.experiments != state.get("staged_race", race).experiments
    ):
        runs = staging.latest_runs(store(), race, owner())
    _stage(race, runs)
    return runs


def _stage(race: Race, runs: list[Run]) -> None:
    names = tuple(run.id for run in runs)
    state["staged_race"], state["staged_runs"] = race, names
    if st.query_params.get_all("run") != list(names):
        st.query_params["run"] = list(names)


def _start() -> None:
    try:
        _stage(state["race"], submit_race(store(), state["race"], owner()))
    except LimitError as error:
        state["refused"] = str(error)


_adopt_link()
problem, race = state.pop("refused", ""), state.get("race", staging.START)
try:
    race = state["race"] = builder.show_builder()
    settings().allow(race)
except ValidationError as error:
    problem = " ".join(sentences(error))
except LimitError as error:
    problem = str(error)
stage(
    staging.stage_data(race, _runs(race), problem, lecture=st.query_params.get("lecture") == "1"),
    on_race=_start,
    on_resume=lambda: resume_race(store(), staging.runs_in_url(store())[0].race, owner()),
    on_preset=lambda: builder.load_preset(dict(enumerate(builder.PRESET_NAMES, 1)).get(state["stage"]["preset"])),
    on_block=lambda: state.update({"selected_block": str(state["stage"]["block"])}),
    on_lecture=lambda: st.query_params.update({"lecture": "1" if state["stage"]["lecture"] else "0"}),
)
