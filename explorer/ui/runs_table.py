"""The table of runs and what can be done with the chosen ones."""

import time
from dataclasses import dataclass
from typing import Any

import streamlit as st

from explorer.runs.export import metrics_csv, weights
from explorer.runs.records import Run, RunState
from explorer.runs.snippet import snippet
from explorer.runs.store import Store
from explorer.specs import CARDS

STATES = tuple(state.value for state in RunState)
POINTS = 40
"""Points of a small curve."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which runs are wanted; empty parts want all."""

    words: str
    states: list[str]
    owner: str | None


def find(store: Store, wanted: Filter) -> list[Run]:
    """Return the runs that pass a filter, newest first."""
    runs = store.runs(owner=wanted.owner)
    return [run for run in runs if _passes(run, wanted)]


def _passes(run: Run, wanted: Filter) -> bool:
    text = f"{run.experiment.network.title} {CARDS[run.experiment.dataset.name].title}".lower()
    return (not wanted.states or run.state in wanted.states) and wanted.words.lower() in text


def rows(store: Store, runs: list[Run]) -> list[dict[str, Any]]:
    """Return the table, a row a run."""
    return [_row(store, run) for run in runs]


def _row(store: Store, run: Run) -> dict[str, Any]:
    network, last = run.experiment.network, next(reversed(store.evaluations(run.id)), None)
    return {
        "network": network.title,
        "shortcut": network.shortcut.value,
        "block": f"{network.block}, {network.order}",
        "dataset": run.experiment.dataset.name.value,
        "state": "recorded" if run.recorded else run.state.value,
        "step": f"{run.step}/{run.experiment.recipe.steps}",
        "loss": _curve(store, run.id, run.step),
        "train": None if last is None else 100 * last.train_error,
        "test": None if last is None else 100 * last.test_error,
        "device": f"{run.device_name} {run.precision}".strip(),
        "started": time.strftime("%Y-%m-%d %H:%M", time.gmtime(run.created)),
    }


@st.cache_data(max_entries=1000, show_spinner=False)
def _curve(_store: Store, run: str, step: int) -> list[float]:  # noqa: ARG001 - the step makes a longer curve another entry
    loss = _store.losses(run)
    return loss[:: max(1, len(loss) // POINTS)]


def columns() -> dict[str, Any]:
    """Return how the columns are named and drawn."""
    column = st.column_config
    return {
        "network": "Network",
        "shortcut": "Shortcut",
        "block": "Block, order",
        "dataset": "Dataset",
        "state": "State",
        "step": "Step",
        "loss": column.LineChartColumn("Training loss", width="small"),
        "train": column.NumberColumn("Training error", format="%.1f %%"),
        "test": column.NumberColumn("Test error", format="%.1f %%"),
        "device": "Device",
        "started": "Started (UTC)",
    }


def actions(store: Store, chosen: list[Run], owner: str) -> None:
    """Draw what can be done with the chosen runs, and do it."""
    names = ", ".join(run.experiment.network.title for run in chosen)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(f"Chosen: {names}.")
        _open(chosen)
        _delete(store, chosen, owner)
    if len(chosen) == 1:
        _export(store, chosen[0])


def _open(chosen: list[Run]) -> None:
    fits = len(chosen) <= 4 and len({run.experiment.dataset for run in chosen}) == 1
    ids = {"run": [run.id for run in chosen]}
    label = "Open in Explore" if len(chosen) == 1 else "Compare in Explore"
    help_text = None if fits else "Up to four runs of one dataset can be compared."
    if st.button(label, type="primary", disabled=not fits, help=help_text, key="open"):
        st.switch_page("explore.py", query_params=ids)
    if st.button("Attribution", disabled=not fits, key="attribute"):
        st.switch_page("attribution.py", query_params=ids)


def _delete(store: Store, chosen: list[Run], owner: str) -> None:
    own = all(run.owner == owner and owner and not run.state.going for run in chosen)
    sure = st.checkbox("I want to delete them for good", disabled=not own, key="sure")
    help_text = None if own else "Only runs that you started, and that have ended, can be deleted."
    if st.button("Delete", disabled=not (own and sure), help=help_text, key="delete"):
        for run in chosen:
            store.delete(run.id)
        st.rerun()


def _export(store: Store, run: Run) -> None:
    network = run.experiment.network
    with st.container(horizontal=True):
        st.download_button(
            "Metrics as CSV", lambda: metrics_csv(store, run), f"{network.title}.csv", "text/csv", key="csv"
        )
        if store.checkpoints(run.id):
            st.download_button(
                "Weights as safetensors", lambda: weights(store, run), f"{network.title}.safetensors", key="weights"
            )
    with st.expander("Copy as PyTorch", key="snippet"):
        st.code(snippet(network), language="python")
