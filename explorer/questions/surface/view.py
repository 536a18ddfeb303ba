"""The Dissect page's loss surface: a slice at once, the plane where it is asked for."""

from collections.abc import Sequence

import streamlit as st

from explorer.drawing.palette import LETTERS
from explorer.questions.attribution.studio import scheme
from explorer.questions.surface import figure as figures
from explorer.questions.surface.result import Surface
from explorer.questions.surface.spec import SurfaceQuestion
from explorer.runs.questions import answer, ask, question_id
from explorer.runs.records import JobState, Run
from explorer.runs.store import Store
from explorer.ui.asking import CONFIG, ask_for, is_done, show_waiting
from explorer.ui.run_choice import title

SLICE = 41
DRAW = {"contours": figures.contours, "3-D": figures.hills}


def show_surface(store: Store, owner: str, runs: Sequence[Run], step: int) -> None:
    """Ask for a slice, show it, and offer the plane."""
    with st.sidebar:
        span = st.select_slider("How far", (0.1, 0.25, 0.5, 1.0), 0.5, key="surface_span", bind="query-params")
        seed = st.number_input("Directions (seed)", 0, 999, 0, key="surface_seed", bind="query-params")
    names = tuple(run.id for run in runs)
    line = SurfaceQuestion(runs=names, step=step, dimensions=1, points=SLICE, span=span, seed=seed)
    plane = SurfaceQuestion(runs=names, step=step, span=span, seed=seed)
    results = ask_for(store, owner, "surface", line, Surface, "Walking along a line")
    if not results:
        return
    st.markdown(f"**{finding(results, runs)}**")
    left, right = st.columns([1, 2.6])
    left.markdown("**A slice**")
    left.plotly_chart(
        figures.slices(results, scheme()), key="slice", theme=None, config=CONFIG, alt=finding(results, runs)
    )
    with right:
        _show_plane(store, owner, plane)
    st.caption(
        f"Loss $E(w + a\\,\\delta + b\\,\\eta)$, mean over {results[0].pictures} training pictures, weights as they were trained "
        "in the middle. Directions are random, every filter as long as the one it is added to; biases and batch norm stay, "
        "with the statistics of training (evaluation mode). After Li et al. 2018, arXiv:1712.09913."
    )


def _show_plane(store: Store, owner: str, plane: SurfaceQuestion) -> None:
    payload = plane.model_dump(mode="json")
    job = question_id("surface", payload)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown("**The plane**")
        view = st.segmented_control(
            "Drawn as", tuple(DRAW), default="contours", required=True, key="surface_view", label_visibility="collapsed"
        )
    if store.job(job) is None:
        count = plane.points**2 * len(plane.runs)
        if st.button(f"Compute {count:,} losses", key="plane"):
            ask(store, "surface", owner, payload)
            st.rerun()
        return

    def draw() -> None:
        content = answer(store, job)
        if content is not None:
            results = Surface.from_json(content)
            words = "Loss of every network on one plane through its weights"
            figure = DRAW[view](results, scheme(), len(plane.runs))
            st.plotly_chart(figure, key="plane_picture", theme=None, config=CONFIG, alt=words)

    found = store.job(job)
    if found and found.state not in {JobState.QUEUED, JobState.RUNNING}:
        draw()  # whole, or as far as it came
    if not is_done(store, job):
        show_waiting(store, [job], owner, "The plane", draw)


def finding(results: Sequence[Surface], runs: Sequence[Run]) -> str:
    """Return in words how much the loss rises along the slice, as measured."""
    told = [
        f"{letter} {title(run)} {_number(one.rows[0])} (here {_short(one.rows[0][len(one.places) // 2])})"
        for letter, run, one in zip(LETTERS, runs, results, strict=False)
        if one.rows[0]
    ]
    return f"Loss at most, along the slice: {', '.join(told)}"


def _number(row: Sequence[float | None] | None) -> str:
    return _short(max((loss for loss in row or () if loss is not None), default=None))


def _short(loss: float | None) -> str:
    return "not finite" if loss is None else f"{loss:.3g}"
