"""The Dissect page's paths: a residual network as many networks of different lengths."""

from collections.abc import Sequence

import streamlit as st

from explorer.drawing.palette import LETTERS
from explorer.questions.attribution.studio import scheme
from explorer.questions.paths.figure import path_lengths
from explorer.questions.paths.result import Paths
from explorer.questions.paths.spec import PathsQuestion
from explorer.runs.records import Run
from explorer.runs.store import Store
from explorer.ui.asking import CONFIG, ask_for
from explorer.ui.run_choice import title

SHARE = 0.9


def show_paths(store: Store, owner: str, runs: Sequence[Run], step: int) -> None:
    """Ask what paths of each length carry, and draw what is known."""
    question = PathsQuestion(runs=tuple(run.id for run in runs), step=step)
    results = ask_for(store, owner, "paths", question, Paths, "Following paths")
    if not results:
        return
    st.markdown(f"**{finding(results, runs)}**")
    st.markdown(
        "A network of $n$ blocks with shortcuts is $2^n$ paths: at every block a path takes the branch or the shortcut. "
        "Backward, the gradient is the sum along all of them."
    )
    st.plotly_chart(
        path_lengths(results, scheme()), key="lengths", theme=None, config=CONFIG, alt=finding(results, runs)
    )
    one = results[0]
    st.caption(
        f"Norm of ∂E/∂x at the first block, mean over {one.pictures} test pictures, evaluation mode; up to {one.draws} "
        "random paths of each length, bars of one standard error. Dotted: all paths of a length added exactly, where "
        "some cancel. After Veit et al. 2016, arXiv:1605.06431."
    )


def finding(results: Sequence[Paths], runs: Sequence[Run]) -> str:
    """Return in words how short the paths are that carry most, as measured."""
    told = [
        f"{letter} {title(run)} {one.shortest_with(SHARE)} of its {len(one.counts) - 1} blocks"
        for letter, run, one in zip(LETTERS, runs, results, strict=False)
    ]
    return f"{SHARE:.0%} of what all paths carry flows along those of at most: {', '.join(told)}"
