"""The one way to ask from a page: the results if they are there, else how far they are."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import streamlit as st
from pydantic import BaseModel

from explorer.questions.question import Question, Returned
from explorer.runs import asking
from explorer.runs.records import Job, JobState
from explorer.ui.cache import owner, store
from explorer.ui.state import Kept
from explorer.ui.waiting import show_progress

OWN_RESULTS = 64
"""Results about pictures of one's own that a session keeps, the latest."""
OWN: Kept[dict[str, bytes]] = Kept("own_results", {})
S = TypeVar("S", bound=BaseModel)
R = TypeVar("R", bound=Returned)


@dataclass(frozen=True, slots=True)
class Asked(Generic[R]):
    """One question that was asked, and its results if they are there."""

    job: str
    question: Question[Any, R]
    results: tuple[R, ...] = ()
    """One a network; none as long as they are measured."""


def ask(question: Question[S, R], spec: S, file: bytes = b"", *, place: str = "", patience: float = 0.0) -> Asked[R]:
    """Ask one question, as `ask_each`; wait up to `patience` seconds for a quick result."""
    [found] = ask_each(question, [spec], file, place=place)
    until = time.monotonic() + patience
    while time.monotonic() < until and is_going(found):
        time.sleep(0.01)
    return found if found.results or is_going(found) else ask_each(question, [spec], file, place=place)[0]


def ask_each(question: Question[S, R], specs: Sequence[S], file: bytes = b"", *, place: str = "") -> list[Asked[R]]:
    """Ask a question with several specs and return, in their order, what is there.

    The same question is asked once, whoever asks. What this session asked before at the same `place`, the question's own
    unless given, and does not ask now is withdrawn; who comes back to it asks anew. `file` is what they are about, if
    they are about a file.
    """
    asked: Kept[tuple[str, ...]] = Kept(f"asked_{place or question.kind}", ())
    found = [_ask(question, spec, file) for spec in specs]
    for at, one in enumerate(found):
        if one.job not in asked.get() and _state(one.job) is JobState.CANCELLED:  # it was withdrawn on the way
            asking.ask_again(store(), one.job)
            found[at] = _ask(question, specs[at], file)
    for job in set(asked.get()) - {one.job for one in found}:
        asking.withdraw(store(), job, owner())
    asked.set(tuple(one.job for one in found))
    return found


def ask_and_show(question: Question[S, R], spec: S, file: bytes = b"", *, place: str = "") -> tuple[R, ...]:
    """Return the results of a question; while there are none, show how far they are."""
    found = ask(question, spec, file, place=place)
    if not found.results:
        show_waiting([found])
    return found.results


def look_up(question: Question[S, R], spec: S) -> Asked[R] | None:
    """Return a question that somebody asked before, without asking it; None if nobody did."""
    job = asking.question_id(question.kind, spec.model_dump(mode="json"))
    return None if store().job(job) is None else Asked(job, question, _results(question, job))


def so_far(asked: Asked[R]) -> tuple[R, ...]:
    """Return the results as far as they are known."""
    content = store().result(asked.job)
    return () if content is None else asked.question.result.decode(content)


def forget(asked: Asked[Any]) -> None:
    """Forget a question that has ended, with its results, so that it can be asked anew."""
    asking.ask_again(store(), asked.job, answered=True)


def is_going(asked: Asked[Any]) -> bool:
    """Return whether a question waits or is being measured."""
    return _state(asked.job) in {JobState.QUEUED, JobState.RUNNING}


def show_waiting(asked: Sequence[Asked[Any]], words: str = "", growing: Callable[[], None] | None = None) -> None:
    """Show how far the first of these is that is under way, and why others ended without results."""
    left = [one for one in asked if not one.results]
    show_going(left, words, growing)
    show_ended(left)


def show_going(asked: Sequence[Asked[Any]], words: str = "", growing: Callable[[], None] | None = None) -> None:
    """Show how far the first of these is that is under way, if one is; `words` stand for the question's own."""
    if going := [one for one in asked if is_going(one)]:
        jobs = [one.job for one in going]
        show_progress(store(), jobs, owner(), words or going[0].question.doing, growing)


def show_ended(asked: Sequence[Asked[Any]]) -> None:
    """Say why those of these that are not under way have no results, and offer to ask again."""
    ended = {one.job: store().job(one.job) for one in asked if not one.results and not is_going(one)}
    if any(job is not None and job.state is JobState.DONE for job in ended.values()):
        st.rerun()  # done in the moment since the page looked
    for sentence in dict.fromkeys(map(_why, ended.values())):
        st.error(sentence)
    if ended:
        st.button("Ask again", on_click=_ask_again, args=(tuple(ended),))


def _why(job: Job | None) -> str:
    failed = job is not None and job.state is JobState.FAILED
    return job.message if job and failed else "This was stopped before it was finished."


def _ask_again(jobs: Iterable[str]) -> None:
    for job in jobs:
        asking.ask_again(store(), job)


def _state(job: str) -> JobState | None:
    found = store().job(job)
    return None if found is None else found.state


def _ask(question: Question[Any, R], spec: BaseModel, file: bytes) -> Asked[R]:
    """Ask unless it is known.

    What was found about a picture of one's own goes from the store into the session as soon as it is there, and ends
    with it.
    """
    assert question.takes_file or not file
    payload = spec.model_dump(mode="json")
    if not file:
        job = asking.ask(store(), question.kind, owner(), payload)
        return Asked(job, question, _results(question, job))
    own = OWN.get()
    job = asking.question_id(question.kind, payload, file, owner())
    if job not in own:
        asking.ask(store(), question.kind, owner(), payload, file)
        content = store().result(job) if _state(job) is JobState.DONE else None
        if content is None:
            return Asked(job, question)
        OWN.set(dict([*own.items(), (job, content)][-OWN_RESULTS:]))
        asking.ask_again(store(), job, answered=True)
    return Asked(job, question, question.result.decode(OWN.get()[job]))


def _results(question: Question[Any, R], job: str) -> tuple[R, ...]:
    content = store().result(job) if _state(job) is JobState.DONE else None
    return question.result.decode(content) if content else ()  # once a download was answered by nothing at all
