"""Attribution: what did each network look at? The same pictures, several methods, networks side by side."""

import streamlit as st

from explorer.results.attribution import AttributionResult
from explorer.runs.records import JobState, Run
from explorer.specs import CARDS
from explorer.ui import attribution_answer as answer
from explorer.ui import attribution_controls as controls
from explorer.ui.cache import owner, store

state = st.session_state


def _show(runs: list[Run]) -> None:
    with st.sidebar:
        request, content = controls.choose_request(store(), runs)
        opacity = st.slider("Strength of the maps", 0.0, 1.0, 0.9, 0.05, key="opacity", bind="query-params")
    if isinstance(request, str):
        st.info(request)
        return
    classes = CARDS[runs[0].experiment.dataset.name].classes
    job = answer.find_answer(store(), request, content, owner())
    results = answer.answered(store(), job)
    if results:
        state["last_wall"] = (job, classes)
    else:
        results, classes = _meanwhile(job)
    if results:
        answer.show_wall(results, classes, opacity)


def _meanwhile(job: str) -> tuple[list[AttributionResult], tuple[str, ...]]:
    """Until the answer is there: progress, and the wall of the question before so that nothing jumps."""
    found = store().job(job)
    if found is not None and found.state not in {JobState.QUEUED, JobState.RUNNING, JobState.DONE}:
        answer.show_end_without_answer(store(), job)
        return [], ()
    answer.show_progress(store(), job, owner())
    before, classes = state.get("last_wall", ("", ()))
    return answer.answered(store(), before), classes


with st.sidebar:
    chosen = controls.choose_runs(store(), owner())
if chosen:
    _show(chosen)
else:
    st.info("Choose a network in the sidebar. If none is offered, open Explore, press Race and come back.")
    st.page_link("pages/explore.py", label="Open Explore")
