"""From the chosen networks to the pictures of the Dissect page."""

from collections.abc import Mapping, Sequence
from statistics import median

import streamlit as st

from explorer.drawing.palette import LETTERS
from explorer.questions.attribution.studio import scheme
from explorer.questions.lesion.figure import count_curves, single_bars
from explorer.questions.lesion.result import LesionResult
from explorer.questions.lesion.spec import LesionRequest, Study
from explorer.runs.questions import answer, ask
from explorer.runs.records import Run
from explorer.runs.store import Store
from explorer.ui.asking import CONFIG
from explorer.ui.run_choice import title

Answers = Mapping[Study, tuple[LesionResult, ...]]


def ask_all(store: Store, owner: str, runs: Sequence[Run], step: int, removed: Sequence[str]) -> dict[Study, str]:
    """Return the jobs that answer every study of these networks; the same question is asked once."""
    fields = {"runs": [run.id for run in runs], "step": step}
    requests = [LesionRequest.model_validate(fields | {"study": study}) for study in Study if study != Study.CHOSEN]
    if removed:
        requests.insert(0, LesionRequest.model_validate(fields | {"study": Study.CHOSEN, "removed": removed}))
    return {one.study: ask(store, "lesion", owner, one.model_dump(mode="json")) for one in requests}


def answered(store: Store, jobs: Mapping[Study, str]) -> Answers:
    """Return what has been answered so far."""
    contents = {study: answer(store, job) for study, job in jobs.items()}
    return {study: LesionResult.from_json(content) for study, content in contents.items() if content is not None}


def finding(answers: Answers, runs: Sequence[Run]) -> str:
    """Return in words what one missing block does, as measured; neutral as long as there is nothing to say."""
    if Study.SINGLE not in answers:
        return "Which blocks can a trained network do without?"
    told = [
        f"{letter} {title(run)} {_percent(result.intact)} → {_percent(median(e[0] for e in result.errors if e))}"
        for letter, run, result in zip(LETTERS, runs, answers[Study.SINGLE], strict=False)
    ]
    return f"Test error, whole → without one block (median): {', '.join(told)}"


def chosen_words(answers: Answers, runs: Sequence[Run], removed: Sequence[str]) -> str:
    """Return what the chosen blocks' absence does to each network."""
    if not removed:
        return "Click blocks in the diagrams to take them away together."
    if Study.CHOSEN not in answers:
        return f"Without {', '.join(removed)}: asking the whole test set."
    told = [
        f"{letter} {title(run)} {_percent(result.intact)} → {_percent(result.errors[0][0])}"
        for letter, run, result in zip(LETTERS, runs, answers[Study.CHOSEN], strict=False)
    ]
    return f"Without {', '.join(removed)}: {', '.join(told)}"


def show_pictures(answers: Answers) -> None:
    """Draw the bars and the curves of what has been answered."""
    left, right = st.columns([3, 2])
    if Study.SINGLE in answers:
        left.markdown("**Error without each single block**")
        bars = single_bars(answers[Study.SINGLE], scheme())
        left.plotly_chart(bars, key="single", theme=None, config=CONFIG, alt="Test error without each single block")
    words = {Study.DELETE: "blocks taken away at random", Study.SHUFFLE: "pairs of blocks exchanged at random"}
    for study, axis in words.items():
        if study in answers:
            right.markdown(f"**Error against {axis}**")
            curves = count_curves(answers[study], axis, scheme())
            right.plotly_chart(curves, key=study, theme=None, config=CONFIG, alt=f"Test error against {axis}")
    pictures = next(iter(answers.values()))[0].pictures
    st.caption(
        f"All {pictures} test pictures; the weights and the batch-norm statistics stay as they were trained. A block "
        "without its branch is its shortcut; a plain block is skipped whole, and where it changes shapes (×) it stays. "
        "Bands hold five random draws. After Veit et al. 2016, arXiv:1605.06431."
    )


def _percent(share: float) -> str:
    return f"{100 * share:.3g} %"
