"""Where a change of depth stands: what it does at once, and training from there."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from explorer.questions.graft.result import QUESTION
from explorer.questions.graft.spec import GraftSpec
from explorer.questions.graft.words import CHANGE, STEPS, caption, finding, table
from explorer.runs.queue import submit_race
from explorer.runs.records import Run
from explorer.specs import LimitError
from explorer.specs.graft import Graft, changed
from explorer.ui.asking import ask_and_show
from explorer.ui.cache import owner, store
from explorer.ui.race import race_of
from explorer.ui.run_choice import title
from explorer.ui.state import RUNS
from explorer.ui.view import Trained, View
from explorer.ui.widgets import number_input, segments


def show(chosen: Trained) -> None:
    """Ask what the change does, show it, and offer to go on."""
    with st.sidebar:
        change = segments(CHANGE)
    results = ask_and_show(QUESTION, GraftSpec(**chosen.asked, change=change))
    if not results:
        return
    st.markdown(f"**{finding(results, chosen.names)}**")
    st.markdown(table(results, [title(run) for run in chosen.runs]))
    st.caption(caption(results[0].pictures))
    _offer(chosen.runs, [Graft(run=run.id, step=chosen.step, change=change) for run in chosen.runs])


def _offer(runs: Sequence[Run], grafts: Sequence[Graft]) -> None:
    most = runs[0].experiment.recipe.steps
    with st.container(horizontal=True, vertical_alignment="bottom"):
        steps = number_input(replace(STEPS, start=min(STEPS.start, most)), width=140)
        go = st.button("Go on training", type="primary", width="content")
    if not go:
        return
    race = race_of(runs)
    try:
        networks = tuple(changed(run.experiment.network, one.change) for run, one in zip(runs, grafts, strict=True))
        recipe = race.recipe.model_copy(update={"steps": steps, "warmup": min(race.recipe.warmup, steps)})
        race = race.model_copy(update={"networks": networks, "recipe": recipe})
        made = submit_race(store(), race, owner(), origins=grafts)
    except LimitError as error:
        st.error(str(error))
        return
    RUNS.open("explore.py", *(run.id for run in made))


VIEW = View("depth", "Change the depth", show)
