"""Attribution: what did each network look at, is the map right, and does depth or the shortcut change it?"""

import streamlit as st

from explorer.questions.attribution.blocks.view import show_blocks
from explorer.questions.attribution.checks.view import show_checks
from explorer.questions.attribution.controls import Asking, choose_opacity, choose_request
from explorer.questions.attribution.likeness.view import show_likeness
from explorer.questions.attribution.methods.view import show_methods
from explorer.questions.attribution.studio import Studio
from explorer.questions.attribution.subjects import Subject, choose_subjects
from explorer.questions.attribution.training.view import show_classes, show_training
from explorer.ui.cache import owner, store

VIEWS = {
    "methods": ("Methods", Asking.SEVERAL, show_methods),
    "blocks": ("Blocks", Asking.BLOCKS, show_blocks),
    "classes": ("Classes", Asking.ONE, show_classes),
    "training": ("Over training", Asking.ONE, show_training),
    "agreement": ("Agreement", Asking.SEVERAL, show_likeness),
    "checks": ("Is it right?", Asking.CHECKS, show_checks),
}
WALLS = {"methods", "blocks", "classes", "training"}  # views that draw maps over pictures


def _show(subjects: list[Subject]) -> None:
    view = st.segmented_control(
        "Look at", tuple(VIEWS), default="methods", required=True, key="view", bind="query-params",
        format_func=lambda name: VIEWS[name][0], label_visibility="collapsed",
    )  # fmt: skip
    _, asking, show = VIEWS[view]
    with st.sidebar:
        request, content = choose_request(store(), owner(), subjects, asking)
        opacity = choose_opacity() if view in WALLS else 0.9
    if isinstance(request, str):
        st.info(request)
        return
    show(Studio(store(), owner(), subjects, request, content, opacity))


with st.sidebar:
    chosen = choose_subjects(store(), owner())
if chosen:
    _show(chosen)
else:
    st.info("Choose a network in the sidebar. If none is offered, open Explore, press Race and come back.")
    st.page_link("explore.py", label="Open Explore")
