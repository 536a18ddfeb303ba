"""The Dissect page's stage boundary: what option A keeps of a picture."""

from collections.abc import Sequence
from typing import Literal

import streamlit as st

from explorer.drawing.palette import LETTERS
from explorer.questions.attribution.studio import scheme
from explorer.questions.boundary.figure import both_sides
from explorer.questions.boundary.result import Boundary
from explorer.questions.boundary.spec import BoundaryQuestion
from explorer.runs.records import Run
from explorer.runs.store import Store
from explorer.specs import CARDS, Card
from explorer.ui.asking import CONFIG, ask_for
from explorer.ui.own_picture import upload
from explorer.ui.run_choice import title


def show_boundary(store: Store, owner: str, runs: Sequence[Run], step: int) -> None:
    """Ask what the shortcut carries into a stage, and draw both of its sides."""
    card = CARDS[runs[0].experiment.dataset.name]
    with st.sidebar:
        stage: Literal[2, 3] = st.segmented_control(
            "Into stage", (2, 3), default=2, required=True, key="into", bind="query-params"
        )
        image, content = _choose(card)
    if image == "upload" and not content:
        st.info("Upload a picture in the sidebar to see what of it passes over the shortcut.")
        return
    question = BoundaryQuestion(runs=tuple(run.id for run in runs), step=step, stage=stage, image=image)
    results = ask_for(store, owner, "boundary", question, Boundary, "Looking at the boundary", content)
    if not results:
        return
    st.markdown(
        f"**Into stage {stage} the picture halves and the channels double: "
        f"what of {_named(image, results[0].label, card)} passes over the shortcut?**"
    )
    for index, (letter, run, one) in enumerate(zip(LETTERS, runs, results, strict=False)):
        st.markdown(f"**{letter} {title(run)}:** {finding(one)}")
        if one.carried is None:
            continue
        alt = f"Channels on both sides of the shortcut of {run.experiment.network.title}"
        st.plotly_chart(both_sides(one, scheme()), key=f"sides_{index}", theme=None, config=CONFIG, alt=alt)
    st.caption(
        "Evaluation mode. Pale pixels of x are those that the stride passes over; crossed channels are zero in every pixel. "
        "Option A and projections: He et al. 2015, section 3.3, arXiv:1512.03385."
    )


def _choose(card: Card) -> tuple[int | Literal["upload"], bytes]:
    """Return a place in the test set, or "upload" with the file's bytes (empty as long as there is no file)."""
    words = {"test": "Test picture", "own": "My own"}
    source = st.segmented_control(
        "Picture", tuple(words), default="test", required=True, key="boundary_source", bind="query-params",
        format_func=words.__getitem__,
    )  # fmt: skip
    if source == "own":
        return "upload", upload()
    return st.number_input("Number", 0, card.test_size - 1, 0, key="boundary_image", bind="query-params"), b""


def _named(image: int | str, label: int, card: Card) -> str:
    return "your picture" if image == "upload" else f"picture {image} (class {card.classes[label]})"


def finding(one: Boundary) -> str:
    """Return in words what the shortcut keeps, as measured on this picture."""
    if one.carried is None:
        return "no shortcut; everything passes through the branch."
    zero = len(one.zero_channels)
    looks = f"it looks at {100 * one.kept:.3g} % of the pixels"
    return f"{one.shortcut} shortcut; {looks}, and {zero} of its {one.carried_channels} channels are zero."
