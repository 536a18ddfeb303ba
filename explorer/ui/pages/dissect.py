"""Dissect: take blocks of trained networks away, and see what each network still can do."""

import streamlit as st

from explorer.questions.anatomy.view import show_anatomy
from explorer.questions.boundary.view import show_boundary
from explorer.questions.graft.view import show_graft
from explorer.questions.lesion import view as answer
from explorer.questions.paths.view import show_paths
from explorer.questions.surface.view import show_surface
from explorer.runs.records import Run
from explorer.specs import PRESETS, outline
from explorer.ui.asking import show_waiting
from explorer.ui.cache import owner, store
from explorer.ui.components.blocks import dissect
from explorer.ui.run_choice import choose_runs, choose_step
from explorer.ui.staging import lane

state = st.session_state
VIEWS = {
    "lesions": "Take away",
    "blocks": "Look inside",
    "paths": "Paths",
    "surface": "Loss surface",
    "boundary": "Stage boundary",
    "depth": "Change the depth",
}
SHOW = {
    "blocks": show_anatomy,
    "paths": show_paths,
    "surface": show_surface,
    "boundary": show_boundary,
    "depth": show_graft,
}
EXAMPLE = next(preset.race for preset in PRESETS if preset.name == "shallow-and-deep")


def _toggle() -> None:
    name, removed = state["dissect"]["toggle"], list(state.get("removed", []))
    state["removed"] = [one for one in removed if one != name] if name in removed else [*removed, name]


def _choose_removed(runs: list[Run]) -> list[str]:
    longest = max((outline(run.experiment.network) for run in runs), key=lambda form: len(form.blocks))
    names = [block.name for block in longest.blocks]
    state["removed"] = [name for name in state.get("removed", []) if name in names]
    return st.multiselect("Taken away", names, key="removed", bind="query-params", placeholder="No block")


def _show(runs: list[Run]) -> None:
    view = st.segmented_control(
        "Look at", tuple(VIEWS), default="lesions", required=True, key="view", bind="query-params",
        format_func=VIEWS.__getitem__, label_visibility="collapsed",
    )  # fmt: skip
    with st.sidebar:
        step = choose_step(store(), runs)
        removed = _choose_removed(runs) if view == "lesions" else []
    if len({run.experiment.dataset for run in runs}) > 1 or step is None:
        st.info("Choose networks of one dataset that have a checkpoint in common.")
        return
    if view in SHOW:
        SHOW[view](store(), owner(), runs, step)
        return
    jobs = answer.ask_all(store(), owner(), runs, step, removed)
    answers = answer.answered(store(), jobs)
    st.markdown(f"**{answer.finding(answers, runs)}**")
    lanes = [lane(index, run.experiment.network, []) for index, run in enumerate(runs)]
    dissect(lanes, removed, _toggle)
    st.markdown(answer.chosen_words(answers, runs, removed))
    unanswered = [job for study, job in jobs.items() if study not in answers]
    show_waiting(store(), unanswered, owner(), "Taking blocks away")
    if answers:
        answer.show_pictures(answers)


with st.sidebar:
    chosen = choose_runs(store(), owner(), EXAMPLE)
if chosen:
    _show(chosen)
else:
    st.info("Choose a network in the sidebar. If none is offered, open Explore, press Race and come back.")
    st.page_link("explore.py", label="Open Explore")
