"""Dissect: take blocks of trained networks away, and see what each network still can do."""

import streamlit as st

from explorer.runs.records import Run
from explorer.specs import PRESETS
from explorer.ui.cache import owner, store
from explorer.ui.run_choice import choose_runs, choose_step
from explorer.ui.view import Trained, choose_view, views

VIEWS = views("lesion", "anatomy", "paths", "surface", "boundary", "graft")
EXAMPLE = next(preset.race for preset in PRESETS if preset.name == "shallow-and-deep")


def _show(runs: list[Run]) -> None:
    view = choose_view(VIEWS)
    with st.sidebar:
        step = choose_step(store(), runs)
    if len({run.experiment.dataset for run in runs}) > 1 or step is None:
        st.info("Choose networks of one dataset that have a checkpoint in common.")
        return
    view.show(Trained(runs, step))


with st.sidebar:
    chosen = choose_runs(store(), owner(), EXAMPLE)
if chosen:
    _show(chosen)
else:
    st.info("Choose a network in the sidebar. If none is offered, open Explore, press Race and come back.")
    st.page_link("explore.py", label="Open Explore")
