import sqlite3
import threading
from pathlib import Path

import numpy as np
import pytest

from explorer.runs import queue
from explorer.runs.events import BLOCKWISE, LAYERWISE, Checkpoint, Diverged, Evaluation, Finished, Started, Step
from explorer.runs.export import metrics_csv
from explorer.runs.lines import from_line, to_line
from explorer.runs.recordings import import_recordings
from explorer.runs.records import Command, JobState, RunState
from explorer.runs.schema import MIGRATIONS, StoreError
from explorer.runs.store import Store
from explorer.specs import PRESETS, LimitError, NetworkSpec, Race, Recipe
from tests.conftest import ROOT

RACE = Race(networks=(NetworkSpec(depth=8, shortcut="none"), NetworkSpec(depth=8)), recipe=Recipe(steps=30))


def step(number: int, loss: float = 1.5) -> Step:
    return Step(number, loss, 0.5, 0.1, 0.01, (1.0, 2.0, float(number)))


def test_what_is_recorded_comes_back(store: Store) -> None:
    [run, _] = queue.submit_race(store, RACE, "me")
    store.record(
        run.id, [Started(0, 30, "cpu", "a processor", "fp32", ("a", "b", "c")), Evaluation(0, 2.3, 0.9, 2.3, 0.9)]
    )
    store.record(
        run.id, [step(1), step(2, float("nan")), Checkpoint(2, b"weights", b"state"), Finished(2, 0.1, 0.2, 1.0)]
    )
    steps = store.steps(run.id, since=0)
    assert steps.step.tolist() == [1, 2]
    assert steps.gradient_norms.tolist() == [[1, 2, 1], [1, 2, 2]]
    assert np.isnan(steps.loss[1])
    assert store.evaluations(run.id) == [Evaluation(0, 2.3, 0.9, 2.3, 0.9)]
    assert store.checkpoint(run.id) == Checkpoint(2, b"weights", b"state")
    again = store.run(run.id)
    assert again is not None
    assert (again.state, again.step, again.device_name, again.experiment) == (
        RunState.FINISHED,
        2,
        "a processor",
        RACE.experiments[0],
    )


def test_profiles_come_back_by_name_and_a_step_without_one_is_not_a_number(store: Store) -> None:
    [run, _] = queue.submit_race(store, RACE, "me")
    told = dict.fromkeys(LAYERWISE, (0.5, 0.25, 0.125)) | dict.fromkeys(BLOCKWISE, (1.0, -1.0))
    store.record(run.id, [step(1), Step(2, 1.0, 0.5, 0.1, 0.01, (1.0, 2.0, 3.0), **told)])
    steps = store.steps(run.id)
    assert steps.blocks == 2
    assert steps.profile("updates")[1].tolist() == [0.5, 0.25, 0.125]
    assert steps.profile("added_cosines")[1].tolist() == [1, -1]
    assert np.isnan(steps.profiles[0]).all()
    first, second, *_ = metrics_csv(store, run).splitlines()[1:]
    assert first.count("nan") == 16
    assert second.endswith("1.0,-1.0,1.0,-1.0,1.0,-1.0,1.0,-1.0,1.0,-1.0")


def test_a_store_of_an_older_program_keeps_its_steps(folder: Path) -> None:
    connection = sqlite3.connect(folder / "old.sqlite")
    connection.executescript(f"{MIGRATIONS[0]} PRAGMA user_version = 1; PRAGMA foreign_keys = OFF;")
    norms = np.array([1, 2], np.float32).tobytes()
    connection.execute("INSERT INTO steps VALUES ('r', 1, 2.0, 0.5, 0.1, 0.01, ?)", (norms,))
    connection.commit()
    connection.close()
    steps = Store(folder / "old.sqlite").steps("r")
    assert steps.gradient_norms.tolist() == [[1, 2]]
    assert steps.blocks == 0


def test_a_rewound_run_drops_what_lies_beyond_its_checkpoint(store: Store) -> None:
    [run, _] = queue.submit_race(store, RACE, "me")
    store.record(run.id, [step(1), Checkpoint(1, b"1", b"1"), step(2), Checkpoint(2, b"2", b"2"), step(3)])
    assert store.checkpoint(run.id, 1) == Checkpoint(1, b"1", b""), (
        "only the last checkpoint keeps the optimiser's state"
    )
    store.rewind(run.id, 2)
    assert store.steps(run.id).step.tolist() == [1, 2]
    assert store.checkpoints(run.id) == [1, 2]


def test_deleting_a_run_forgets_all_of_it(store: Store) -> None:
    for run in queue.submit_race(store, RACE, "me"):
        store.record(run.id, [step(1), Checkpoint(1, b"1", b"1")])
        store.delete(run.id)
    for table in ("runs", "steps", "evaluations", "checkpoints", "jobs"):
        assert store.connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_many_threads_and_connections_write_at_once(store: Store, folder: Path) -> None:
    [run, other] = queue.submit_race(store, RACE, "me")

    def write(name: str) -> None:
        mine = Store(folder / "runs.sqlite")
        for number in range(1, 51):
            mine.record(name, [step(number)])
        mine.close()

    threads = [threading.Thread(target=write, args=(name,)) for name in (run.id, other.id)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [store.steps(name).cursor for name in (run.id, other.id)] == [50, 50]


def test_a_store_newer_than_the_program_is_refused_with_a_sentence(folder: Path) -> None:
    connection = sqlite3.connect(folder / "runs.sqlite")
    connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    connection.close()
    with pytest.raises(StoreError, match="version"):
        Store(folder / "runs.sqlite")


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


def test_the_shipped_recordings_are_those_of_the_first_presets_and_come_in_once(store: Store) -> None:
    for _ in range(2):
        import_recordings(store, ROOT / "assets" / "recorded")
    for preset in PRESETS[:2]:
        [runs] = store.runs_of(preset.race.experiments)
        assert all(run.recorded and run.state is RunState.FINISHED for run in runs)
        assert store.steps(runs[0].id).gradient_norms.shape == (200, runs[0].experiment.network.depth)
        assert store.checkpoint(runs[0].id) is not None


def test_every_event_survives_its_line() -> None:
    events = [
        Started(0, 3, "cpu", "x", "fp32", ("a",)),
        step(1),
        Evaluation(1, 1, 1, 1, 1),
        Finished(3, 0, 0, 1),
        Diverged(2, "a"),
    ]
    assert [from_line(to_line(event)) for event in events] == events
    assert to_line(step(1, float("inf")))["loss"] is None


@pytest.mark.parametrize(
    "line", [{}, {"event": "checkpoint"}, {"event": "step"}, {"event": "step", "nonsense": 1}, {"event": 3}]
)
def test_a_line_of_another_content_is_refused(line: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"event|not a"):
        from_line(line)
