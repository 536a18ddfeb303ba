import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import numpy as np

from explorer.runs import queue
from explorer.runs.events import BLOCKWISE, LAYERWISE, Checkpoint, Evaluation, Finished, Started, Step
from explorer.runs.export import metrics_csv
from explorer.runs.records import RunState
from explorer.runs.store import Store
from tests.runs.race import RACE, step


def test_what_is_recorded_comes_back(store: Store) -> None:
    [run, _] = queue.submit_race(store, RACE, "me")
    store.record(run.id, [Started(0, 30, "cpu", "a processor", "fp32", ("a", "b", "c")), Evaluation(0, 2.3, 0.9, 2.3, 0.9)])
    store.record(run.id, [step(1), step(2, float("nan")), Checkpoint(2, b"weights", b"state"), Finished(2, 0.1, 0.2, 1.0)])
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


def test_a_rewound_run_drops_what_lies_beyond_its_checkpoint(store: Store) -> None:
    [run, _] = queue.submit_race(store, RACE, "me")
    store.record(run.id, [step(1), Checkpoint(1, b"1", b"1"), step(2), Checkpoint(2, b"2", b"2"), step(3)])
    assert store.checkpoint(run.id, 1) == Checkpoint(1, b"1", b""), "only the last checkpoint keeps the optimiser's state"
    store.rewind(run.id, 2)
    assert store.steps(run.id).step.tolist() == [1, 2]
    assert store.checkpoints(run.id) == [1, 2]


def test_deleting_a_run_forgets_all_of_it(store: Store) -> None:
    for run in queue.submit_race(store, RACE, "me"):
        store.record(run.id, [step(1), Checkpoint(1, b"1", b"1")])
        store.delete(run.id)
    with closing(sqlite3.connect(store.path)) as connection:
        for table in ("runs", "steps", "evaluations", "checkpoints", "jobs"):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


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
