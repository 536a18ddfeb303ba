"""Where pictures are chosen: of the test set, in its order or one that the networks give it, or one of one's own."""

import random
from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from explorer.questions.attribution.pictures.result import QUESTION, order
from explorer.questions.attribution.pictures.words import FIRST, NO_MISTAKE, SHOWN, SHUFFLE, SOURCE, sources
from explorer.questions.spec import TrainedSpec
from explorer.ui.asking import ask_and_show
from explorer.ui.explained import Explained, trained_here
from explorer.ui.own_picture import OWN
from explorer.ui.view import Trained
from explorer.ui.widgets import number_input, selectbox


def choose_pictures(explained: Sequence[Explained], step: int | None) -> tuple[tuple[int, ...] | str, bytes]:
    """Return positions in the test set, or "upload" with a picture's bytes (empty as long as there is none)."""
    runs = trained_here(explained)
    offered = sources(len(runs))
    source = selectbox(replace(SOURCE, options=offered, start=offered[0]))
    if source in OWN:
        return "upload", OWN[source]()
    if source == "test" or step is None:
        return _positions(list(range(explained[0].card.test_size)), shuffle=True), b""
    return _positions(_ordered(Trained(runs, step), source), shuffle=False), b""


def _positions(places: list[int], *, shuffle: bool) -> tuple[int, ...]:
    left, middle, right = st.columns(3)
    with left:
        count = number_input(SHOWN)
    with middle:
        first = number_input(replace(FIRST, high=max(0, len(places) - 1), step=count))
    if shuffle:
        with right:
            number = number_input(SHUFFLE)
        if number:
            random.Random(number).shuffle(places)  # noqa: S311 - it only orders pictures
    return tuple(places[first : first + count])


def _ordered(chosen: Trained, source: str) -> list[int]:
    """The order that the networks give; none while the answers are computed, which is shown."""
    results = ask_and_show(QUESTION, TrainedSpec(**chosen.asked))
    places = order(results, source) if results else ()
    if results and source == "mistakes" and not places:
        st.caption(NO_MISTAKE)
    return list(places)
