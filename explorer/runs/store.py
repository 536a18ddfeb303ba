"""The one memory: runs, steps, checkpoints and jobs in one SQLite file (WAL) that several processes share."""

import time
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from explorer.runs.events import BLOCKWISE, LAYERWISE, Checkpoint, Diverged, Evaluation, Event, Failed, Finished, Started, Step
from explorer.runs.jobs import Jobs, marks
from explorer.runs.records import Run, RunState, Steps
from explorer.specs import Experiment
from explorer.specs.graft import Graft

_COLUMNS = (
    "id", "race", "lane", "owner", "experiment", "state", "reason", "created", "started", "ended", "step", "recorded",
    "device_name", "precision", "rewinds", "origin",
)  # fmt: skip
_RUN = ", ".join(_COLUMNS)


class Store(Jobs):
    """The run store at a path."""

    # Runs

    def add_runs(self, runs: Iterable[Run]) -> None:
        """Keep new runs, all or none."""
        with self.transaction():
            for run in runs:
                self._do(f"INSERT INTO runs ({_RUN}) VALUES ({marks(_COLUMNS)})", *_row(run))

    def run(self, name: str) -> Run | None:
        """Return a run, or None if there is none of this id."""
        return next(iter(self._runs("WHERE id = ?", name)), None)

    def race(self, name: str) -> list[Run]:
        """Return the runs of a race, network A first."""
        return self._runs("WHERE race = ? ORDER BY lane", name)

    def runs(self, owner: str | None = None, limit: int = 500) -> list[Run]:
        """Return runs, newest first; all, or one owner's."""
        if owner is None:
            return self._runs("ORDER BY created DESC, lane LIMIT ?", limit)
        return self._runs("WHERE owner = ? ORDER BY created DESC, lane LIMIT ?", owner, limit)

    def runs_of(self, experiments: Sequence[Experiment]) -> list[list[Run]]:
        """Return every race of exactly these experiments that started from its seed, newest first."""
        first = experiments[0].model_dump_json()
        found = self._runs("WHERE experiment = ? AND lane = 0 AND origin = '' ORDER BY created DESC LIMIT 50", first)
        races = (self.race(run.race) for run in found)
        return [runs for runs in races if tuple(run.experiment for run in runs) == tuple(experiments)]

    def count_runs(self, owner: str) -> int:
        """Return how many runs of an owner are kept."""
        return int(self._do("SELECT count(*) FROM runs WHERE owner = ?", owner).fetchone()[0])

    def _runs(self, clause: str, *values: object) -> list[Run]:
        rows = self._do(f"SELECT {_RUN} FROM runs {clause}", *values)
        return [_run(row) for row in rows]

    def set_state(self, run: str, state: RunState, reason: str = "") -> None:
        """Note where a run stands; an end is timed."""
        ended = None if state.going else time.time()
        self._do("UPDATE runs SET state = ?, reason = ?, ended = ? WHERE id = ?", state, reason, ended, run)

    def change_state(self, race: str, before: RunState, after: RunState) -> None:
        """Note that those runs of a race that stood at one state stand at another."""
        self._do("UPDATE runs SET state = ? WHERE race = ? AND state = ?", after, race, before)

    def date(self, run: str, when: float) -> None:
        """Note that a run was recorded at a moment: it began and ended then."""
        self._do("UPDATE runs SET started = ?, ended = ? WHERE id = ?", when, when, run)

    def delete(self, run: str) -> None:
        """Forget a run and all it recorded; its race's job goes with its last run."""
        with self.transaction():
            self._do("DELETE FROM runs WHERE id = ?", run)
            self._do("DELETE FROM jobs WHERE kind = 'train' AND id NOT IN (SELECT race FROM runs)")
        self._do("PRAGMA incremental_vacuum(2000)").fetchall()

    # What a run records

    def record(self, run: str, events: Iterable[Event]) -> None:
        """Keep events, in order, in one transaction."""
        with self.transaction():
            for event in events:
                self._keep(run, event)

    def rewind(self, run: str, step: int) -> None:
        """Drop what was recorded after a step, for training goes on from there."""
        with self.transaction():
            for table in ("steps", "evaluations", "checkpoints"):
                self._do(f"DELETE FROM {table} WHERE run = ? AND step > ?", run, step)
            self._do("UPDATE runs SET step = ?, rewinds = rewinds + 1 WHERE id = ?", step, run)

    def steps(self, run: str, since: int = 0) -> Steps:
        """Return the logged steps after a step."""
        rows = self._do(
            "SELECT step, loss, accuracy, learning_rate, seconds, gradient_norms, profile FROM steps"
            " WHERE run = ? AND step > ? ORDER BY step",
            run, since,
        ).fetchall()  # fmt: skip
        loss, accuracy, rate, seconds = (np.array([_number(row[index]) for row in rows], np.float32) for index in range(1, 5))
        norms, profiles = (_matrix([row[index] for row in rows]) for index in (5, 6))
        return Steps(np.array([row[0] for row in rows], np.int64), loss, accuracy, rate, seconds, norms, profiles)

    def losses(self, run: str) -> list[float]:
        """Return the training loss of every logged step."""
        return [_number(row[0]) for row in self._do("SELECT loss FROM steps WHERE run = ? ORDER BY step", run)]

    def evaluations(self, run: str, since: int = -1) -> list[Evaluation]:
        """Return the evaluations after a step, oldest first."""
        rows = self._do(
            "SELECT step, train_loss, train_error, test_loss, test_error FROM evaluations"
            " WHERE run = ? AND step > ? ORDER BY step",
            run, since,
        )  # fmt: skip
        return [Evaluation(row[0], *map(_number, row[1:])) for row in rows]

    def checkpoints(self, run: str) -> list[int]:
        """Return the steps that have a checkpoint, oldest first."""
        return [row[0] for row in self._do("SELECT step FROM checkpoints WHERE run = ? ORDER BY step", run)]

    def checkpoint(self, run: str, step: int | None = None) -> Checkpoint | None:
        """Return a step's checkpoint, the last one without a step, or None. Only the last has optimiser state."""
        row = self._do(
            "SELECT step, weights, state FROM checkpoints WHERE run = ? AND (? IS NULL OR step = ?)"
            " ORDER BY step DESC LIMIT 1",
            run, step, step,
        ).fetchone()  # fmt: skip
        return Checkpoint(*row) if row else None

    def _keep(self, run: str, event: Event) -> None:
        match event:
            case Started():
                self._do(
                    "UPDATE runs SET state = 'training', reason = '', ended = NULL, device_name = ?, precision = ?,"
                    " started = coalesce(started, ?) WHERE id = ?",
                    event.device_name, event.precision, time.time(), run,
                )  # fmt: skip
            case Step():
                profile = _floats(*(getattr(event, name) for name in (*LAYERWISE, *BLOCKWISE)))
                self._do(
                    "INSERT OR REPLACE INTO steps VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    run, event.step, event.loss, event.accuracy, event.learning_rate, event.seconds,
                    _floats(event.gradient_norms), profile,
                )  # fmt: skip
                self._do("UPDATE runs SET step = ? WHERE id = ?", event.step, run)
            case Evaluation():
                self._do(
                    "INSERT OR REPLACE INTO evaluations VALUES (?, ?, ?, ?, ?, ?)",
                    run, event.step, event.train_loss, event.train_error, event.test_loss, event.test_error,
                )  # fmt: skip
            case Checkpoint():
                self._do("UPDATE checkpoints SET state = x'' WHERE run = ?", run)
                self._do(
                    "INSERT OR REPLACE INTO checkpoints VALUES (?, ?, ?, ?)",
                    run, event.step, event.weights, event.state,
                )  # fmt: skip
            case Finished() | Diverged() | Failed():
                self._end(run, event)

    def _end(self, run: str, event: Finished | Diverged | Failed) -> None:
        match event:
            case Finished():
                state, reason = RunState.FINISHED, ""
            case Diverged():
                state = RunState.DIVERGED
                reason = f"Diverged at step {event.step}: {event.layer} was the first layer whose output was not finite."
            case Failed():
                state, reason = RunState.FAILED, event.reason
        self._do(
            "UPDATE runs SET state = ?, reason = ?, step = max(step, ?), ended = ? WHERE id = ?",
            state, reason, event.step, time.time(), run,
        )  # fmt: skip


def _row(run: Run) -> list[object]:
    values = {name: getattr(run, name) for name in _COLUMNS}
    values["experiment"] = run.experiment.model_dump_json()
    values["origin"] = run.origin.model_dump_json() if run.origin else ""
    return list(values.values())


def _run(row: tuple[object, ...]) -> Run:
    values = dict(zip(_COLUMNS, row, strict=True))
    values["experiment"] = Experiment.model_validate_json(str(values["experiment"]))
    values["origin"] = Graft.model_validate_json(str(values["origin"])) if values["origin"] else None
    values["state"], values["recorded"] = RunState(str(values["state"])), bool(values["recorded"])
    return Run(**values)  # type: ignore[arg-type]  # the columns are the fields, in the schema's types


def _number(value: float | None) -> float:
    """SQLite keeps no NaN: it comes back as NULL."""
    return float("nan") if value is None else float(value)


def _matrix(blobs: list[bytes]) -> NDArray[np.float32]:
    """Rows of float32 as one matrix; a row that was not recorded is NaN."""
    matrix = np.full((len(blobs), max((len(blob) for blob in blobs), default=0) // 4), np.nan, np.float32)
    for row, blob in zip(matrix, blobs, strict=True):
        if blob:
            row[:] = np.frombuffer(blob, np.float32)
    return matrix


def _floats(*columns: tuple[float, ...]) -> bytes:
    return np.concatenate([np.asarray(column, np.float32) for column in columns]).tobytes()
