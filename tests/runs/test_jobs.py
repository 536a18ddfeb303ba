import os
import time

import pytest

from explorer.runs.records import JobState
from explorer.runs.store import Store


def asked(store: Store, name: str, owner: str = "me", worker: str = "") -> None:
    store.add_job(name, "surface", "measure", owner, {"runs": [name]}, b"", worker)


def test_jobs_are_found_by_state_and_by_what_they_are_of_the_oldest_first(store: Store) -> None:
    asked(store, "b")
    asked(store, "a", "you")
    asked(store, "c", worker="worker")
    assert [job.id for job in store.jobs()] == ["b", "a", "c"]
    assert [job.id for job in store.jobs(JobState.QUEUED, owner="me")] == ["b"]
    assert [job.id for job in store.jobs(JobState.QUEUED, JobState.RUNNING, kind="surface")] == ["b", "a", "c"]
    assert [job.id for job in store.jobs(worker="worker")] == ["c"]
    assert store.jobs(pool="train") == []


def test_a_second_job_of_one_name_leaves_the_first_as_it_is(store: Store) -> None:
    asked(store, "a")
    store.finish("a", JobState.DONE, result=b"found")
    asked(store, "a", "you")
    [job] = store.jobs()
    assert (job.owner, job.state, store.result("a")) == ("me", JobState.DONE, b"found")


def test_a_job_is_forgotten_in_the_given_states_alone(store: Store) -> None:
    asked(store, "a")
    store.forget_job("a", JobState.DONE, JobState.FAILED)
    assert store.job("a") is not None
    store.finish("a", JobState.FAILED, "No.")
    store.forget_job("a", JobState.DONE, JobState.FAILED)
    assert store.job("a") is None


def test_single_steps_are_counted_and_dropped_by_another_word(store: Store) -> None:
    def now() -> tuple[str, int]:
        [job] = store.jobs()
        return job.command, job.single

    asked(store, "a")
    store.take_step("a")
    store.add_step("a")
    store.add_step("a")
    assert now() == ("pause", 2)
    store.take_step("a")
    assert now() == ("pause", 1)
    store.steer("a", "run")
    assert now() == ("run", 0)


def test_a_worker_is_lost_when_it_is_silent_or_was_never_heard_of(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    asked(store, "a", worker="unknown")
    for name, ready in (("cold", False), ("warm", True)):
        store.beat(name, os.getpid(), "measure", ready=ready)
    assert store.ready_workers("measure") == [os.getpid()]
    assert store.ready_workers("train") == []
    assert store.lost_workers(time.time() - 8) == ["unknown"]
    later = time.time() + 9
    monkeypatch.setattr(time, "time", lambda: later)
    store.beat("warm", os.getpid(), "measure", ready=True)
    assert sorted(store.lost_workers(later - 8)) == ["cold", "unknown"]
    store.forget_worker("cold")
    assert store.lost_workers(later - 8) == ["unknown"]
