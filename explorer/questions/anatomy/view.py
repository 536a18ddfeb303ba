"""The Dissect page's second view: what every block of the chosen networks does."""

from collections.abc import Callable, Sequence
from statistics import median

import plotly.graph_objects as go
import streamlit as st

from explorer.drawing.palette import LETTERS
from explorer.questions.anatomy import figure as figures
from explorer.questions.anatomy.result import Anatomy
from explorer.questions.attribution.studio import scheme
from explorer.questions.spec import Question
from explorer.runs.records import Run
from explorer.runs.store import Store
from explorer.ui.asking import CONFIG, ask_for
from explorer.ui.run_choice import title

CHARTS: dict[str, tuple[Callable[[Sequence[Anatomy], str], go.Figure], str, str]] = {
    "share": (
        figures.gradient_share,
        "How much of the gradient came over the shortcut",
        r"$\partial E/\partial x = g_\text{shortcut} + g_\text{branch}$: shown is "
        r"$\|g_\text{shortcut}\| / (\|g_\text{shortcut}\| + \|g_\text{branch}\|)$. A plain block has one term, and no line.",
    ),
    "added": (
        figures.added,
        "How much a block adds",
        r"$\|F(x)\|$ over the norm of what the shortcut carries; under 1, the branch is the smaller part of the sum.",
    ),
    "written": (
        figures.written,
        "Who wrote the last representation",
        r"Percent of $x_L = x_0 + \sum F(x_i)$ along itself, each $F$ as the later shortcuts carry it; what is missing to 100 "
        "came from the stem, or was cut off by relus (point at a block).",
    ),
    "readout": (
        figures.readout,
        "What can be read out after every block",
        "Right answers, in percent, of a linear read-out of the pooled features; 0 is the stem.",
    ),
    "downhill": (
        figures.downhill,
        "Does a block step down the loss?",
        r"Cosine between $F(x)$ and $-\partial E/\partial x$, mean over pictures: above zero it does, as boosting would.",
    ),
}


def show_anatomy(store: Store, owner: str, runs: Sequence[Run], step: int) -> None:
    """Ask what every block does, and draw what is known."""
    question = Question(runs=tuple(run.id for run in runs), step=step)
    results = ask_for(store, owner, "anatomy", question, Anatomy, "Looking at every block")
    if not results:
        return
    st.markdown(f"**{finding(results, runs)}**")
    columns = st.columns(2)
    for index, (name, (draw, heading, words)) in enumerate(CHARTS.items()):
        with columns[index % 2]:
            st.markdown(f"**{heading}**")
            st.plotly_chart(draw(results, scheme()), key=name, theme=None, config=CONFIG, alt=heading)
            st.caption(words)
    one = results[0]
    st.caption(
        f"Gradients of one batch of {one.batch} training pictures, in training mode, as the next step would see them. "
        f"Read-outs fitted to {one.fitted:,} training pictures, asked on {one.pictures:,} test pictures."
    )


def finding(results: Sequence[Anatomy], runs: Sequence[Run]) -> str:
    """Return in words how much of the gradient the shortcuts carried, as measured."""
    told = []
    for letter, run, one in zip(LETTERS, runs, results, strict=False):
        pairs = zip(one.shortcut_gradient, one.branch_gradient, strict=True)
        shares = [s / (s + b) for s, b in pairs if s is not None and b is not None and s + b > 0]
        told.append(f"{letter} {title(run)} {f'{100 * median(shares):.3g} %' if shares else 'has one term'}")
    return f"Gradient over the shortcut, median block: {', '.join(told)}"
