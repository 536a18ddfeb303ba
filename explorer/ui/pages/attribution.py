"""Attribution: what did each network look at? The same pictures, several methods, networks side by side."""

import streamlit as st

from explorer.runs.records import JobState, Run
from explorer.specs import CARDS
from explorer.ui import attribution_answer as answer
from explorer.ui import attribution_controls as controls
from explorer.ui.cache import owner, store
from explorer.ui.progress import show_progress
from explorer.ui.run_choice import choose_runs, title

state = st.session_state


def _show(runs: list[Run]) -> None:
    with st.sidebar:
        request, content = controls.choose_request(store(), runs)
        opacity = st.slider("Strength of the maps", 0.0, 1.0, 0.9, 0.05, key="opacity", bind="query-params")
    if isinstance(request, str):
        st.info(request)
        return
    job = answer.find_answer(store(), request, content, owner())
    results = answer.answered(store(), job)
    if results:
        classes = CARDS[runs[0].experiment.dataset.name].classes
        state["last_wall"] = (job, classes, [title(run) for run in runs])
    _draw(job, opacity)


def _draw(job: str, opacity: float) -> None:
    """The wall; until it is there, progress beside the heading and the wall of the question before: nothing jumps."""
    shown, classes, titles = state.get("last_wall", ("", (), ()))
    results = answer.answered(store(), shown)
    with st.container(height=56, border=False):
        left, right = st.columns([3, 2], vertical_alignment="center")
    if results:
        left.markdown(f"**{answer.finding(results, titles)}**")
    found = store().job(job)
    going = found is not None and found.state in {JobState.QUEUED, JobState.RUNNING, JobState.DONE}
    if going and shown != job:
        with right:
            show_progress(store(), job, owner(), "Computing the maps")
    elif shown != job:
        answer.show_end_without_answer(store(), job)
        return
    if results:
        answer.show_wall(results, classes, titles, opacity)


with st.sidebar:
    chosen = choose_runs(store(), owner())
if chosen:
    _show(chosen)
else:
    st.info("Choose a network in the sidebar. If none is offered, open Explore, press Race and come back.")
    st.page_link("explore.py", label="Open Explore")
