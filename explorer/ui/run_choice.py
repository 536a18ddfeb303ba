"""Which trained networks a page asks about, and at which checkpoint."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from explorer.questions.spec import MAX_RUNS
from explorer.runs.records import Run
from explorer.runs.store import Store
from explorer.specs import CARDS, Race
from explorer.specs.control import Choice, Choices
from explorer.ui.builder.words import START
from explorer.ui.race import latest_runs, runs_in_url
from explorer.ui.state import RUNS, SHOWN_RUNS
from explorer.ui.widgets import multiselect, select_slider, set_value, value

NETWORKS: Choices[str] = Choices("chosen_runs", "Networks", (), options=(), most=MAX_RUNS, empty="Choose up to four", address=False)
"""Offers runs by their ids, those that are there."""
CHECKPOINT = Choice("checkpoint", "Checkpoint (step)", 0, options=(0,))
"""Offers the steps that all chosen runs have, the last from the start."""


def choose_runs(store: Store, owner: str, example: Race = START, lanes: Sequence[int] = ()) -> list[Run]:
    """Return the runs to ask about, network A first: those of the URL, else of the stage, else of the latest race.

    Where there is nothing but recordings, those of `example` are taken, or some of its lanes, if `lanes` says which. Any
    run whose id stands in the URL may be looked at; the list offers one's own and the recorded ones.
    """
    offered = [run for run in store.runs(limit=200) if run.recorded or run.owner == owner]
    chosen = runs_in_url(store) or _staged(store, example) or _latest(store, offered, owner, example, lanes)
    by_id = {run.id: run for run in [*chosen, *offered]}
    names = tuple(dict.fromkeys(run.id for run in chosen))
    RUNS.set(*names)  # so that the link says which
    set_value(NETWORKS, names)
    networks = replace(NETWORKS, options=tuple(by_id), words=lambda name: _label(by_id[name]))
    return [by_id[name] for name in multiselect(networks, on_change=lambda: RUNS.set(*value(NETWORKS)))]


def _staged(store: Store, example: Race) -> list[Run]:
    """The runs that the Explore page showed last in this session; recorded ones give way to an example of one's own."""
    runs = [run for name in SHOWN_RUNS.get() if (run := store.run(name))]
    return [] if example != START and all(run.recorded for run in runs) else runs


def _latest(store: Store, offered: Sequence[Run], owner: str, example: Race, lanes: Sequence[int]) -> list[Run]:
    own = next((run for run in offered if not run.recorded and store.checkpoints(run.id)), None)
    if own:
        return store.race(own.race)
    shipped = latest_runs(store, example, owner)
    return [run for run in shipped if not lanes or run.lane in lanes]


def _label(run: Run) -> str:
    return f"{title(run)}, {run.step} steps, {CARDS[run.experiment.dataset.name].title}"


def title(run: Run) -> str:
    """Return a network's name; a recorded one always says so."""
    return f"{'recorded ' if run.recorded else ''}{run.experiment.network.title}"


def common_steps(store: Store, runs: Sequence[Run]) -> list[int]:
    """Return the steps at which all runs have a checkpoint, first first."""
    return sorted(set.intersection(*(set(store.checkpoints(run.id)) for run in runs)))


def choose_step(store: Store, runs: Sequence[Run]) -> int | None:
    """Return a checkpoint that all runs have, or None if there is none yet."""
    common = common_steps(store, runs)
    if len(common) < 2:
        if common:
            st.caption(f"Checkpoint: step {common[0]}, the only one that is kept.")
        return common[0] if common else None
    return select_slider(replace(CHECKPOINT, start=common[-1], options=tuple(common)))
