"""Asking the measure pool from a page: the answer if it is there, else how far it is."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import streamlit as st
from pydantic import BaseModel

from explorer.questions.result import Result
from explorer.runs.questions import answer, ask, ask_again, question_id, withdraw
from explorer.runs.records import Job, JobState
from explorer.runs.store import Store
from explorer.ui.waiting import show_progress

CONFIG = {"displaylogo": False, "displayModeBar": False}
"""How Plotly shows every figure that answers a question."""
OWN_ANSWERS = 64
"""Answers about pictures of one's own that a session keeps, the latest."""
Answer = TypeVar("Answer", bound=Result)


def ask_for(
    store: Store, owner: str, kind: str, question: BaseModel, form: type[Answer], words: str, blob: bytes = b""
) -> tuple[Answer, ...]:
    """Return the whole answer to a question; while there is none, show how far it is after `words`, and return nothing.

    `blob` is the file that the question is about, if it is about one.
    """
    job, content = asked(store, owner, kind, question, blob)
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
    """Show the progress of the first of these jobs that is under way, and why others ended without an answer."""
    left = list(jobs)
    show_going(store, left, owner, words, growing)
    show_ended(store, left)


def show_going(
    store: Store, jobs: Iterable[str], owner: str, words: str, growing: Callable[[], None] | None = None
) -> None:
    """Show the progress of the first of these jobs that is under way, if one is."""
    if going := [name for name in jobs if _is_going(store.job(name))]:
        show_progress(store, going, owner, words, growing)


def show_ended(store: Store, jobs: Iterable[str]) -> None:
    """Say why those of these jobs that are not under way have no answer, and offer to ask again."""
    ended = {name: job for name in jobs if not _is_going(job := store.job(name))}
    if any(job is not None and job.state is JobState.DONE for job in ended.values()):
        st.rerun()  # answered in the moment since the page looked
    for sentence in dict.fromkeys(map(_why, ended.values())):
        st.error(sentence)
    if ended:
        st.button("Ask again", on_click=_ask_again, args=(store, tuple(ended)))


def _is_going(job: Job | None) -> bool:
    return job is not None and job.state in {JobState.QUEUED, JobState.RUNNING}


def _why(job: Job | None) -> str:
    failed = job is not None and job.state is JobState.FAILED
    return job.message if job and failed else "This was stopped before it was finished."


def _ask_again(store: Store, jobs: Iterable[str]) -> None:
    for job in jobs:
        ask_again(store, job)


def ask_many(
    store: Store, owner: str, kind: str, questions: Sequence[BaseModel], blob: bytes = b"", *, name: str = ""
) -> dict[str, bytes | None]:
    """Ask several questions, and return by the ids of their jobs, in their order, the answers that are there.

    What this session asked before under the same `name`, the kind unless given, and does not ask now is withdrawn.
    """
    before = st.session_state.get(f"asked_{name or kind}", [])
    found = dict(asked(store, owner, kind, question, blob) for question in questions)
    for job in set(found) - set(before):
        one = store.job(job)
        if one is not None and one.state is JobState.CANCELLED:  # it was withdrawn on the way, and is wanted again
            ask_again(store, job)
            found = dict(asked(store, owner, kind, question, blob) for question in questions)
    for job in set(before) - set(found):
        withdraw(store, job, owner)
    st.session_state[f"asked_{name or kind}"] = list(found)
    return found


def asked(store: Store, owner: str, kind: str, question: BaseModel, blob: bytes) -> tuple[str, bytes | None]:
    """Ask unless it is answered; return the id of the job and the answer, if it is there.

    What was found about a picture of one's own goes from the store into the session as soon as it is there, and ends
    with it.
    """
    payload = question.model_dump(mode="json")
    if not blob:
        job = ask(store, kind, owner, payload)
        return job, answer(store, job) if is_done(store, job) else None
    own: dict[str, bytes] = st.session_state.setdefault("own_answers", {})
    job = question_id(kind, payload, blob, owner)
    if job not in own:
        ask(store, kind, owner, payload, blob)
        content = answer(store, job) if is_done(store, job) else None
        if content is None:
            return job, None
        own[job] = content
        ask_again(store, job, answered=True)
    while len(own) > OWN_ANSWERS:
        own.pop(next(iter(own)))
    return job, own[job]
