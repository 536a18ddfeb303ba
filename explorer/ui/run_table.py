"""The table of runs, of which some can be chosen."""

import time
from typing import Any

import streamlit as st

from explorer.runs.records import Run
from explorer.runs.store import Store

POINTS = 40
"""Points of a small curve."""


def chosen_runs(store: Store, runs: list[Run]) -> list[Run]:
    """Draw the table, a row a run, and return those that are ticked."""
    table = st.dataframe(
        [_row(store, run) for run in runs], column_config=_columns(), hide_index=True, height=min(430, 38 + 35 * len(runs)),
        selection_mode="multi-row", on_select="rerun", key="table",
    )  # fmt: skip
    return [runs[row] for row in table.selection.rows if row < len(runs)]


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


def _columns() -> dict[str, Any]:
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
