"""Asking the measure pool from a page: the answer if it is there, else how far it is."""

from collections.abc import Callable, Iterable
from typing import TypeVar

import streamlit as st
from pydantic import BaseModel

from explorer.results.result import Result
from explorer.runs.questions import answer, ask, ask_again
from explorer.runs.records import JobState
from explorer.runs.store import Store
from explorer.ui.progress import show_progress

CONFIG = {"displaylogo": False, "displayModeBar": False}
"""How Plotly shows every figure that answers a question."""
Answer = TypeVar("Answer", bound=Result)


def ask_for(
    store: Store, owner: str, kind: str, question: BaseModel, form: type[Answer], words: str, blob: bytes = b""
) -> tuple[Answer, ...]:
    """Return the whole answer to a question; while there is none, show how far it is after `words`, and return nothing.

    `blob` is the file that the question is about, if it is about one.
    """
    job = ask(store, kind, owner, question.model_dump(mode="json"), blob)
    content = answer(store, job) if is_done(store, job) else None
    if content is None:
        show_waiting(store, [job], owner, words)
        return ()
    return form.from_json(content)


def is_done(store: Store, job: str) -> bool:
    """Return whether a question has its whole answer."""
    found = store.job(job)
    return found is not None and found.state is JobState.DONE


def show_waiting(
    store: Store, jobs: Iterable[str], owner: str, words: str, growing: Callable[[], None] | None = None
) -> None:
    """Show the progress of the first of these jobs that is under way, and why another has no answer."""
    for number, job in enumerate(jobs):
        found = store.job(job)
        if found is not None and found.state in {JobState.QUEUED, JobState.RUNNING}:
            show_progress(store, job, owner, words, growing)
            return
        if found is not None and found.state is JobState.DONE:  # in the moment since the page looked
            st.rerun()
        st.error(found.message if found and found.message else "This was stopped before it was finished.")
        st.button("Ask again", key=f"again_{number}", on_click=ask_again, args=(store, job))
