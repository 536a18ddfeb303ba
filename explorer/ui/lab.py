"""The frame of every lab, written once: question, controls, picture, formula, what to try, where it comes from."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import streamlit as st

from explorer.labs.lab import Lab, Try
from explorer.labs.order import LABS
from explorer.questions.question import Question, Returned
from explorer.questions.spec import Spec
from explorer.ui.asking import Asked, ask, show_waiting
from explorer.ui.figures import show_figure
from explorer.ui.widgets import set_value

PATIENCE = 0.15
"""Seconds that a page waits for a short measurement before it shows the picture without it."""
PICTURE = 480
"""Screen pixels that a picture, what it found and its formula take."""
PLACE = "lab"
"""Labs ask at one place, but for one that asks twice: what the one before asked is withdrawn."""
S = TypeVar("S", bound=Spec)
R = TypeVar("R", bound=Returned)


@contextmanager
def controls(lab: Lab) -> Iterator[None]:
    """Write the question and the words; the block's widgets stand in the sidebar, what to try below them."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"### {lab.question}", width="content")
        st.page_link("labs.py", label="All labs")
    st.markdown(lab.words)
    with st.sidebar:
        yield
        st.markdown("**What to try**")
        for number, one in enumerate(lab.tries):
            st.button(one.label, key=f"try_{number}", on_click=_try, args=(one,), width="stretch")
            st.caption(f"{one.see} [Link]({one.link})")


def _try(one: Try) -> None:
    for control, value in one.values.items():
        set_value(control, value)


def show(figure: Any, finding: str, formula: str) -> None:
    """Show the picture under what it found, and the formula with the current numbers."""
    st.markdown(f"**{finding}**")
    show_figure(figure, "lab_picture", finding)
    st.latex(formula)


def close(lab: Lab) -> None:
    """Say where the lab comes from, what it leaves out, and which labs go on from here."""
    st.caption(f"**Where it comes from.** {lab.source} **What it leaves out.** {lab.leaves_out}")
    with st.container(horizontal=True):
        for name in lab.leads_to:
            st.page_link(LABS[name].page, label=f"Next: {LABS[name].question}")


def measured(question: Question[S, R], spec: S) -> Asked[R]:
    """Ask for a short measurement, and wait a moment for it."""
    return ask(question, spec, place=PLACE, patience=PATIENCE)


def show_measured(found: Asked[Any], words: str) -> None:
    """Say what was measured, or how far it is, in a place of fixed height: the page does not move."""
    with st.container(height=64, border=False):
        if found.results:
            st.caption(words)
        else:
            show_waiting([found])


def trained(question: Question[S, R], spec: S, file: bytes = b"", *, place: str = PLACE) -> tuple[R, ...]:
    """Return what was trained for this lab; while there is nothing, show how far it is where the picture will be."""
    found = ask(question, spec, file, place=place, patience=PATIENCE)
    if not found.results:
        with st.container(height=PICTURE, border=False):
            show_waiting([found])
    return found.results
