"""The Dissect page's change of depth: what it does at once, and training from there."""

from collections.abc import Sequence

import streamlit as st

from explorer.drawing.palette import LETTERS
from explorer.questions.graft.result import Grafted
from explorer.runs.queue import submit_race
from explorer.runs.records import Run
from explorer.runs.store import Store
from explorer.specs import LimitError
from explorer.specs.graft import Change, Graft, GraftQuestion, changed
from explorer.ui.asking import ask_for
from explorer.ui.run_choice import title
from explorer.ui.staging import race_of

WORDS = {Change.INSERT: "Insert", Change.REMOVE: "Remove"}


def show_graft(store: Store, owner: str, runs: Sequence[Run], step: int) -> None:
    """Ask what the change does, show it, and offer to go on."""
    with st.sidebar:
        change = st.segmented_control(
            "One block at the end of every stage", tuple(Change), default=Change.INSERT, required=True, key="change",
            bind="query-params", format_func=WORDS.__getitem__,
        )  # fmt: skip
    question = GraftQuestion(runs=tuple(run.id for run in runs), step=step, change=change)
    results = ask_for(store, owner, "graft", question, Grafted, "Changing the depth")
    if not results:
        return
    st.markdown(f"**{finding(results, runs)}**")
    st.markdown(_table(results, runs))
    st.caption(
        f"Whole test set, {results[0].pictures} pictures, evaluation mode, nothing trained in between. All trained weights "
        "stay. A new block with a shortcut starts with a branch of zeros, so it is the identity: $y = 0 + x$. A plain "
        "network has no such block: a new one starts with He's weights."
    )
    _offer(store, owner, runs, Graft(run=runs[0].id, step=step, change=change))


def finding(results: Sequence[Grafted], runs: Sequence[Run]) -> str:
    """Return in words how much the loss jumps, as measured."""
    told = [
        f"{letter} {title(run)} {_number(one.loss_before)} → {_number(one.loss_after)}"
        for letter, run, one in zip(LETTERS, runs, results, strict=False)
    ]
    return f"Test loss before and after: {', '.join(told)}"


def _table(results: Sequence[Grafted], runs: Sequence[Run]) -> str:
    rows = [
        f"| {letter} | {title(run)} | {one.after} | {_number(one.loss_before)} → {_number(one.loss_after)} "
        f"| {100 * one.error_before:.3g} % → {100 * one.error_after:.3g} % |"
        for letter, run, one in zip(LETTERS, runs, results, strict=False)
    ]
    head = "| | network | becomes | test loss / nats | test error |\n|---|---|---|---|---|\n"
    return head + "\n".join(rows)


def _number(loss: float | None) -> str:
    return "not finite" if loss is None else f"{loss:.3g}"


def _offer(store: Store, owner: str, runs: Sequence[Run], graft: Graft) -> None:
    most = runs[0].experiment.recipe.steps
    with st.container(horizontal=True, vertical_alignment="bottom"):
        steps = st.number_input("Steps", 1, 20_000, min(100, most), key="graft_steps", width=140)
        go = st.button("Go on training", type="primary", width="content")
    if not go:
        return
    race = race_of(runs)
    networks = tuple(changed(run.experiment.network, graft.change) for run in runs)
    recipe = race.recipe.model_copy(update={"steps": steps, "warmup": min(race.recipe.warmup, steps)})
    origins = [graft.model_copy(update={"run": run.id}) for run in runs]
    try:
        made = submit_race(
            store, race.model_copy(update={"networks": networks, "recipe": recipe}), owner, origins=origins
        )
    except LimitError as error:
        st.error(str(error))
        return
    st.switch_page("explore.py", query_params={"run": [run.id for run in made]})
