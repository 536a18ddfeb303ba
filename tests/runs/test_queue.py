import pytest

from explorer.runs import queue
from explorer.runs.events import Checkpoint, Started
from explorer.runs.records import Command, JobState, RunState
from explorer.runs.store import Store
from explorer.specs import LimitError, NetworkSpec, Race
from tests.runs.race import RACE, step


def test_the_queue_is_fair_between_browsers(store: Store) -> None:
    greedy = [queue.submit_race(store, RACE, "greedy")[0].race for _ in range(3)]
    modest = queue.submit_race(store, RACE, "modest")[0].race
    assert queue.places(store) == {greedy[0]: 1, modest: 2, greedy[1]: 3, greedy[2]: 4}
    first = queue.claim(store, "train", "worker")
    assert first is not None
    assert first.id == greedy[0]
    assert queue.places(store)[modest] == 1


def test_a_browser_may_not_fill_the_queue(store: Store) -> None:
    for _ in range(4):
        queue.submit_race(store, RACE, "greedy")
    with pytest.raises(LimitError, match="stop one"):
        queue.submit_race(store, RACE, "greedy")
    queue.submit_race(store, RACE, "another")


def test_a_network_deeper_than_the_server_allows_is_refused(store: Store) -> None:
    with pytest.raises(LimitError, match="depth is 1202"):
        queue.submit_race(store, Race(networks=(NetworkSpec(depth=1202),)), "me")


def test_only_the_owner_steers(store: Store) -> None:
    race = queue.submit_race(store, RACE, "me")[0].race
    assert not queue.command(store, race, "stranger", Command.STOP)
    assert queue.command(store, race, "me", Command.PAUSE)
    job = store.job(race)
    assert job is not None
    assert job.command == Command.PAUSE
    assert queue.command(store, race, "me", Command.STOP)
    assert {run.state for run in store.race(race)} == {RunState.STOPPED}


def test_a_lost_worker_leaves_interrupted_runs_that_can_go_on(store: Store) -> None:
    [run, other] = queue.submit_race(store, RACE, "me")
    queue.claim(store, "train", "worker")
    store.record(run.id, [Started(0, 30, "cpu", "a", "fp32", ()), step(1), Checkpoint(1, b"", b""), step(2)])
    queue.interrupt(store, "worker", "The worker ended (signal 9).")
    again = store.run(run.id)
    assert again is not None
    assert again.state is RunState.INTERRUPTED
    assert "All up to step 2 is kept; going on starts from step 1." in again.reason
    queue.resume_race(store, run.race, "stranger")
    assert store.race(run.race)[0].state is RunState.INTERRUPTED
    queue.resume_race(store, run.race, "me")
    assert [one.state for one in store.race(run.race)] == [RunState.QUEUED] * 2
    assert other.id in (store.payload(run.race)["runs"])  # type: ignore[operator]
    assert store.job(run.race).state is JobState.QUEUED  # type: ignore[union-attr]
