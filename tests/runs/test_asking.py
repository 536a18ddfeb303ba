import time

import pytest

from explorer.runs.asking import KEEP, KEEP_OWN, ask, ask_again, question_id, withdraw
from explorer.runs.queue import claim
from explorer.runs.records import JobState
from explorer.runs.store import Store

QUESTION = {"runs": ["a"], "images": [1]}


def wait(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """Let that much time pass."""
    then = time.time() + seconds
    monkeypatch.setattr(time, "time", lambda: then)


def state(store: Store, job: str) -> JobState | None:
    found = store.job(job)
    return None if found is None else found.state


def test_the_same_question_is_one_job_for_everybody_and_its_result_is_found_again(store: Store) -> None:
    first, second = ask(store, "attribute", "me", QUESTION), ask(store, "attribute", "you", QUESTION)
    assert first == second == question_id("attribute", QUESTION)
    assert len(store.jobs()) == 1
    assert store.result(first) is None
    store.finish(first, JobState.DONE, result=b"maps")
    assert store.result(ask(store, "attribute", "you", QUESTION)) == b"maps"


def test_another_question_or_another_picture_or_another_owner_of_a_picture_is_another_job() -> None:
    names = {
        question_id("attribute", QUESTION),
        question_id("attribute", {**QUESTION, "images": [2]}),
        question_id("dataset", QUESTION),
        question_id("attribute", QUESTION, b"picture", "me"),
        question_id("attribute", QUESTION, b"picture", "you"),
        question_id("attribute", QUESTION, b"other", "me"),
    }
    assert len(names) == 6


@pytest.mark.parametrize("end", [JobState.DONE, JobState.FAILED, JobState.CANCELLED])
def test_an_uploaded_picture_is_forgotten_once_its_job_ended(store: Store, end: JobState) -> None:
    job = ask(store, "attribute", "me", QUESTION, b"picture")
    assert store.blob(job) == b"picture"
    store.finish(job, end, result=b"maps")
    assert store.result(job) == b"maps"
    assert b"picture" not in store.blob(job)


def test_a_waiting_picture_is_forgotten_when_its_question_is_withdrawn(store: Store) -> None:
    job = ask(store, "attribute", "me", QUESTION, b"picture")
    withdraw(store, job, "me")
    assert b"picture" not in store.blob(job)


def test_a_result_about_somebodys_own_picture_is_forgotten_within_minutes_others_within_a_day(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, shared = ask(store, "attribute", "me", QUESTION, b"picture"), ask(store, "attribute", "me", QUESTION)
    for job in (own, shared):
        store.finish(job, JobState.DONE, result=b"maps")
    wait(monkeypatch, KEEP_OWN + 1)
    ask(store, "attribute", "me", {"another": 1})
    assert store.job(own) is None
    assert store.result(shared) == b"maps"
    wait(monkeypatch, KEEP)
    ask(store, "attribute", "me", {"another": 2})
    assert store.job(shared) is None


@pytest.mark.parametrize("end", [JobState.FAILED, JobState.CANCELLED, JobState.INTERRUPTED])
def test_a_question_without_a_result_can_be_asked_again(store: Store, end: JobState) -> None:
    job = ask(store, "attribute", "me", QUESTION)
    store.finish(job, end, "No.")
    assert state(store, ask(store, "attribute", "me", QUESTION)) is end
    ask_again(store, job)
    assert state(store, ask(store, "attribute", "me", QUESTION)) is JobState.QUEUED


def test_asking_again_leaves_what_is_under_way_or_answered_alone(store: Store) -> None:
    job = ask(store, "attribute", "me", QUESTION)
    ask_again(store, job)
    assert state(store, job) is JobState.QUEUED
    assert claim(store, "measure", "worker")
    ask_again(store, job)
    assert state(store, job) is JobState.RUNNING
    store.finish(job, JobState.DONE, result=b"")
    ask_again(store, job)
    assert state(store, job) is JobState.DONE


def test_only_its_owner_withdraws_a_question(store: Store) -> None:
    job = ask(store, "attribute", "me", QUESTION)
    withdraw(store, job, "you")
    assert state(store, job) is JobState.QUEUED
    withdraw(store, job, "me")
    assert state(store, job) is JobState.CANCELLED


def test_old_results_are_forgotten_when_something_new_is_asked(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    job = ask(store, "attribute", "me", QUESTION)
    store.finish(job, JobState.DONE, result=b"maps")
    wait(monkeypatch, KEEP + 1)
    ask(store, "attribute", "me", {**QUESTION, "images": [9]})
    assert state(store, job) is None
