import pytest

from explorer.runs.events import Checkpoint, Event, Finished, Step
from explorer.runs.records import JobState, Run, RunState
from explorer.runs.store import Store
from explorer.specs import NetworkSpec, Race, Recipe, settings
from explorer.worker.alone import OWNER, train_alone

RACE = Race(networks=(NetworkSpec(depth=8, width=4),), recipe=Recipe(steps=3, warmup=0, log_every=1, checkpoint_every=1))


def test_what_is_told_is_recorded_and_the_last_event_comes_back(store: Store) -> None:
    told: list[Event] = []
    last = train_alone(store, RACE, settings().datasets_path, lambda _, event: told.append(event))
    assert isinstance(last, Finished)
    assert told[-1] is last
    [run] = store.runs(OWNER)
    assert (run.state, run.step) == (RunState.FINISHED, 3)
    assert store.steps(run.id).step.tolist() == [event.step for event in told if isinstance(event, Step)] == [1, 2, 3]
    assert [job.state for job in store.jobs()] == [JobState.DONE]


def test_to_a_running_app_it_is_a_worker_as_long_as_it_trains(store: Store) -> None:
    there = []
    train_alone(store, RACE, settings().datasets_path, lambda *_: there.append(store.ready_workers(OWNER)))
    assert all(len(workers) == 1 for workers in there)
    assert store.ready_workers(OWNER) == []


def test_who_interrupts_it_stops_the_run_and_keeps_what_it_recorded(store: Store) -> None:
    def stop(_: Run, event: Event) -> None:
        if isinstance(event, Checkpoint) and event.step == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train_alone(store, RACE, settings().datasets_path, stop)
    [run] = store.runs(OWNER)
    assert run.state is RunState.STOPPED
    assert store.checkpoints(run.id)[-1] == 2
