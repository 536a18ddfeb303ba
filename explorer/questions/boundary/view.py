"""Where the stage boundary stands: what the shortcut keeps of a picture where shapes change."""

from dataclasses import replace
from typing import Literal

import streamlit as st

from explorer.questions.boundary.figure import both_sides
from explorer.questions.boundary.result import QUESTION
from explorer.questions.boundary.spec import BoundarySpec
from explorer.questions.boundary.words import CAPTION, IMAGE, INTO, SOURCE, UPLOAD, asking, finding
from explorer.specs import CARDS, Card
from explorer.ui.asking import ask_and_show
from explorer.ui.figures import scheme, show_figure
from explorer.ui.own_picture import upload
from explorer.ui.view import Trained, View
from explorer.ui.widgets import number_input, segments


def show(chosen: Trained) -> None:
    """Ask what the shortcut carries into a stage, and draw both of its sides."""
    card = CARDS[chosen.runs[0].experiment.dataset.name]
    with st.sidebar:
        stage = segments(INTO)
        image, file = _choose(card)
    if image == "upload" and not file:
        st.info(UPLOAD)
        return
    results = ask_and_show(QUESTION, BoundarySpec(**chosen.asked, stage=stage, image=image), file)
    if not results:
        return
    st.markdown(f"**{asking(stage, image, results[0].label, card)}**")
    for index, (run, name, one) in enumerate(zip(chosen.runs, chosen.names, results, strict=False)):
        st.markdown(f"**{name}:** {finding(one)}")
        if one.carried is not None:
            alt = f"Channels on both sides of the shortcut of {run.experiment.network.title}"
            show_figure(both_sides(one, scheme()), f"sides_{index}", alt)
    st.caption(CAPTION)


def _choose(card: Card) -> tuple[int | Literal["upload"], bytes]:
    """Return a place in the test set, or "upload" with the file's bytes (empty as long as there is no file)."""
    if segments(SOURCE) == "own":
        return "upload", upload()
    return number_input(replace(IMAGE, high=card.test_size - 1)), b""


VIEW = View("boundary", "Stage boundary", show)
