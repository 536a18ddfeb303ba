"""Attribution: what did each network look at, is the map right, and does depth or the shortcut change it?"""

import streamlit as st

from explorer.runs.records import Run
from explorer.specs import CARDS
from explorer.ui import attribution_controls as controls
from explorer.ui.attribution_answer import Studio, show_methods
from explorer.ui.cache import owner, store
from explorer.ui.run_choice import choose_runs, title

VIEWS = {"methods": ("Methods", show_methods)}


def _show(runs: list[Run]) -> None:
    view = st.segmented_control(
        "Look at", tuple(VIEWS), default="methods", required=True, key="view", bind="query-params",
        format_func=lambda name: VIEWS[name][0], label_visibility="collapsed",
    )  # fmt: skip
    with st.sidebar:
        request, content = controls.choose_request(store(), runs, several_methods=view == "methods")
        opacity = st.slider("Strength of the maps", 0.0, 1.0, 0.9, 0.05, key="opacity", bind="query-params")
    if isinstance(request, str):
        st.info(request)
        return
    classes = CARDS[runs[0].experiment.dataset.name].classes
    titles = tuple(title(run) for run in runs)
    VIEWS[view][1](Studio(store(), owner(), runs, titles, classes, request, content, opacity))


with st.sidebar:
    chosen = choose_runs(store(), owner())
if chosen:
    _show(chosen)
else:
    st.info("Choose a network in the sidebar. If none is offered, open Explore, press Race and come back.")
    st.page_link("explore.py", label="Open Explore")
