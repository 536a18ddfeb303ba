"""The frame of every lab, written once: question, controls, picture, formula, what to try, where it comes from."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

import streamlit as st
from pydantic import BaseModel

from explorer.questions.result import Result
from explorer.runs.questions import ask_again, withdraw
from explorer.runs.records import JobState
from explorer.ui.asking import CONFIG, asked, is_done, show_waiting
from explorer.ui.cache import owner, store

PATIENCE = 0.15
"""Seconds that a page waits for a short measurement before it shows the picture without it."""
PICTURE = 480
"""Screen pixels that a picture, what it found and its formula take."""
state = st.session_state
Answer = TypeVar("Answer", bound=Result)


@dataclass(frozen=True)
class Try:
    """One prepared setting."""

    label: str
    see: str
    """What it shows, in one sentence."""
    values: Mapping[str, str | int | float | tuple[str, ...]]
    """Every control of the lab by its key, so that the link gives the whole setting."""

    @property
    def link(self) -> str:
        """The address of this setting, seen from the lab's page."""
        return f"?{urlencode(self.values, doseq=True)}"


@dataclass(frozen=True)
class Lab:
    """What a lab says, whatever its controls are set to."""

    name: str
    """Of its files."""
    question: str
    words: str
    tries: tuple[Try, ...]
    source: str
    leaves_out: str
    card: Callable[[str], Any]
    """The small picture for a light or dark page, computed anew."""
    leads_to: tuple[str, ...] = ()
    """Names of the labs to go on with."""

    @property
    def page(self) -> str:
        """The page's file, seen from the main script."""
        return f"../../labs/{self.name}/page.py"

    @property
    def address(self) -> str:
        """The last part of the page's address."""
        return f"lab-{self.name.replace('_', '-')}"


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
            st.button(one.label, key=f"try_{number}", on_click=state.update, args=(dict(one.values),), width="stretch")
            st.caption(f"{one.see} [Link]({one.link})")


def show(figure: Any, finding: str, formula: str) -> None:
    """Show the picture under what it found, and the formula with the current numbers."""
    st.markdown(f"**{finding}**")
    st.plotly_chart(figure, key="lab_picture", theme=None, config=CONFIG, alt=finding)
    st.latex(formula)


def close(lab: Lab, labs: Mapping[str, Lab]) -> None:
    """Say where the lab comes from, what it leaves out, and which labs go on from here."""
    st.caption(f"**Where it comes from.** {lab.source} **What it leaves out.** {lab.leaves_out}")
    with st.container(horizontal=True):
        for name in filter(labs.__contains__, lab.leads_to):
            st.page_link(labs[name].page, label=f"Next: {labs[name].question}")


@dataclass(frozen=True)
class Measured(Generic[Answer]):
    """A question to the measure pool, and its answer if there is one by now."""

    job: str
    results: tuple[Answer, ...]


def measured(
    kind: str, question: BaseModel, form: type[Answer], blob: bytes = b"", name: str = "lab"
) -> Measured[Answer]:  # fmt: skip
    """Ask the measure pool, forgetting what this lab asked before by the same `name`, and wait a moment for a quick answer.

    Who comes back to a question that was forgotten on the way asks it anew.
    """
    job, content = asked(store(), owner(), kind, question, blob)
    before = state.get(f"{name}_job")
    if before != job:
        if before:
            withdraw(store(), before, owner())
        if _is(job, JobState.CANCELLED):
            ask_again(store(), job)
            job, content = asked(store(), owner(), kind, question, blob)
    state[f"{name}_job"] = job
    until = time.monotonic() + PATIENCE
    while content is None and time.monotonic() < until:
        time.sleep(0.01)
        if is_done(store(), job):
            _, content = asked(store(), owner(), kind, question, blob)
    return Measured(job, () if content is None else form.from_json(content))


def _is(job: str, wanted: JobState) -> bool:
    found = store().job(job)
    return found is not None and found.state is wanted


def show_measured(found: Measured[Answer], words: str, doing: str) -> None:
    """Say what was measured, or how far it is, in a place of fixed height: the page does not move."""
    with st.container(height=64, border=False):
        if found.results:
            st.caption(words)
        else:
            show_waiting(store(), [found.job], owner(), doing)


def trained(
    kind: str, question: BaseModel, form: type[Answer], doing: str, blob: bytes = b"", name: str = "lab"
) -> tuple[Answer, ...]:  # fmt: skip
    """Return what the measure pool trained for this lab; while there is nothing, show how far it is where the picture will be."""
    found = measured(kind, question, form, blob, name)
    if not found.results:
        with st.container(height=PICTURE, border=False):
            show_waiting(store(), [found.job], owner(), doing)
    return found.results
