"""What can be done with the chosen runs."""

import streamlit as st

from explorer.runs.export import metrics_csv, weights
from explorer.runs.records import Run
from explorer.runs.snippet import snippet
from explorer.runs.store import Store
from explorer.specs.control import Switch
from explorer.ui.state import RUNS
from explorer.ui.widgets import checkbox

SURE = Switch("sure", "I want to delete them for good", False, address=False)


def show_actions(store: Store, chosen: list[Run], owner: str) -> None:
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
    label = "Open in Explore" if len(chosen) == 1 else "Compare in Explore"
    help_text = None if fits else "Up to four runs of one dataset can be compared."
    if st.button(label, type="primary", disabled=not fits, help=help_text, key="open"):
        RUNS.open("explore.py", *(run.id for run in chosen))
    if st.button("Attribution", disabled=not fits, key="attribute"):
        RUNS.open("attribution.py", *(run.id for run in chosen))


def _delete(store: Store, chosen: list[Run], owner: str) -> None:
    own = all(run.owner == owner and owner and not run.state.going for run in chosen)
    sure = checkbox(SURE, disabled=not own)
    help_text = None if own else "Only runs that you started, and that have ended, can be deleted."
    if st.button("Delete", disabled=not (own and sure), help=help_text, key="delete"):
        for run in chosen:
            store.delete(run.id)
        st.rerun()


def _export(store: Store, run: Run) -> None:
    network, name = run.experiment.network, run.experiment.network.title
    with st.container(horizontal=True):
        st.download_button("Metrics as CSV", lambda: metrics_csv(store, run), f"{name}.csv", "text/csv", key="csv")
        if store.checkpoints(run.id):
            file = f"{name}.safetensors"
            st.download_button("Weights as safetensors", lambda: weights(store, run), file, key="weights")
    with st.expander("Copy as PyTorch", key="snippet"):
        st.code(snippet(network), language="python")
