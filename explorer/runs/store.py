"""The one memory: runs, steps, checkpoints and jobs in one SQLite file (WAL) that several processes share."""

import json
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from explorer.runs.events import (
    BLOCKWISE,
    LAYERWISE,
    Checkpoint,
    Diverged,
    Evaluation,
    Event,
    Failed,
    Finished,
    Started,
    Step,
)
from explorer.runs.records import Job, JobState, Run, RunState, Steps
from explorer.runs.schema import migrate
from explorer.specs import Experiment
from explorer.specs.graft import Graft

_RUN = (
    "id, race, lane, owner, experiment, state, reason, created, started, ended, step, recorded, device_name, precision, rewinds,"
    " origin"
)
_JOB = "id, kind, owner, payload, state, progress, message, command, single, delay"


FORGET = "blob = CASE blob WHEN x'' THEN x'' ELSE x'00' END"
"""Forgets what was handed in with a job, but not that there was something: its answer is somebody's own."""


class Store:
    """The run store at a path; made there, or migrated, when opened. Safe to use from any thread."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self._local = threading.local()
        migrate(self.connection)

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection, in autocommit mode."""
        found: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if found is None:
            found = sqlite3.connect(self.path, timeout=30, isolation_level=None)
            found.executescript(
                "PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
                "PRAGMA foreign_keys = ON;"
            )
            self._local.connection = found
        return found

    def close(self) -> None:
        """Close this thread's connection."""
        self.connection.close()
        del self._local.connection

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing; the file is locked for writing from the start."""
        connection = self.connection
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")

    # Runs

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

    def _runs(self, clause: str, *values: object) -> list[Run]:
        rows = self.connection.execute(f"SELECT {_RUN} FROM runs {clause}", values)
        return [_run(row) for row in rows]

    def set_state(self, run: str, state: RunState, reason: str = "") -> None:
        """Note where a run stands; an end is timed."""
        ended = None if state.going else time.time()
        self.connection.execute(
            "UPDATE runs SET state = ?, reason = ?, ended = ? WHERE id = ?", (state, reason, ended, run)
        )

    def delete(self, run: str) -> None:
        """Forget a run and all it recorded; its race's job goes with its last run."""
        with self.transaction() as connection:
            connection.execute("DELETE FROM runs WHERE id = ?", (run,))
            connection.execute("DELETE FROM jobs WHERE kind = 'train' AND id NOT IN (SELECT race FROM runs)")
        self.connection.execute("PRAGMA incremental_vacuum(2000)").fetchall()

    # What a run records

    def record(self, run: str, events: Iterable[Event]) -> None:
        """Keep events, in order, in one transaction."""
        with self.transaction() as connection:
            for event in events:
                _keep(connection, run, event)

    def rewind(self, run: str, step: int) -> None:
        """Drop what was recorded after a step, for training goes on from there."""
        with self.transaction() as connection:
            for table in ("steps", "evaluations", "checkpoints"):
                connection.execute(f"DELETE FROM {table} WHERE run = ? AND step > ?", (run, step))
            connection.execute("UPDATE runs SET step = ?, rewinds = rewinds + 1 WHERE id = ?", (step, run))

    def steps(self, run: str, since: int = 0) -> Steps:
        """Return the logged steps after a step."""
        rows = self.connection.execute(
            "SELECT step, loss, accuracy, learning_rate, seconds, gradient_norms, profile FROM steps"
            " WHERE run = ? AND step > ? ORDER BY step",
            (run, since),
        ).fetchall()
        loss, accuracy, rate, seconds = (
            np.array([_number(row[index]) for row in rows], np.float32) for index in range(1, 5)
        )
        norms, profiles = (_matrix([row[index] for row in rows]) for index in (5, 6))
        return Steps(np.array([row[0] for row in rows], np.int64), loss, accuracy, rate, seconds, norms, profiles)

    def losses(self, run: str) -> list[float]:
        """Return the training loss of every logged step."""
        return [
            _number(row[0])
            for row in self.connection.execute("SELECT loss FROM steps WHERE run = ? ORDER BY step", (run,))
        ]

    def evaluations(self, run: str, since: int = -1) -> list[Evaluation]:
        """Return the evaluations after a step, oldest first."""
        rows = self.connection.execute(
            "SELECT step, train_loss, train_error, test_loss, test_error FROM evaluations"
            " WHERE run = ? AND step > ? ORDER BY step",
            (run, since),
        )
        return [Evaluation(row[0], *map(_number, row[1:])) for row in rows]

    def checkpoints(self, run: str) -> list[int]:
        """Return the steps that have a checkpoint, oldest first."""
        rows = self.connection.execute("SELECT step FROM checkpoints WHERE run = ? ORDER BY step", (run,))
        return [row[0] for row in rows]

    def checkpoint(self, run: str, step: int | None = None) -> Checkpoint | None:
        """Return a step's checkpoint, the last one without a step, or None. Only the last has optimiser state."""
        row = self.connection.execute(
            "SELECT step, weights, state FROM checkpoints WHERE run = ? AND (? IS NULL OR step = ?)"
            " ORDER BY step DESC LIMIT 1",
            (run, step, step),
        ).fetchone()
        return Checkpoint(*row) if row else None

    # Jobs

    def job(self, name: str) -> Job | None:
        """Return a job without its blobs, or None."""
        row = self.connection.execute(f"SELECT {_JOB} FROM jobs WHERE id = ?", (name,)).fetchone()
        if row is None:
            return None
        values = dict(zip(_JOB.split(", "), row, strict=True))
        return Job(**values | {"state": JobState(values["state"])})

    def blob(self, job: str) -> bytes:
        """Return what was handed in with a job, such as an uploaded picture."""
        row = self.connection.execute("SELECT blob FROM jobs WHERE id = ?", (job,)).fetchone()
        return bytes(row[0]) if row else b""

    def result(self, job: str) -> bytes | None:
        """Return what a job gave, or None."""
        row = self.connection.execute("SELECT result FROM jobs WHERE id = ?", (job,)).fetchone()
        return None if row is None or row[0] is None else bytes(row[0])

    def payload(self, job: str) -> dict[str, object]:
        """Return what a job was asked for."""
        row = self.connection.execute("SELECT payload FROM jobs WHERE id = ?", (job,)).fetchone()
        return dict(json.loads(row[0])) if row else {}

    def report(self, job: str, progress: float, message: str, so_far: bytes | None = None) -> None:
        """Note how far a job is, and its answer as far as it is known."""
        self.connection.execute(
            "UPDATE jobs SET progress = ?, message = ?, result = coalesce(?, result) WHERE id = ?",
            (progress, message, so_far, job),
        )

    def finish(self, job: str, state: JobState, message: str = "", result: bytes | None = None) -> None:
        """Note how a job ended; what was handed in with it, such as an uploaded picture, is forgotten."""
        self.connection.execute(
            f"UPDATE jobs SET state = ?, message = ?, result = coalesce(?, result), {FORGET},"
            " progress = CASE ? WHEN 'done' THEN 1 ELSE progress END"
            " WHERE id = ?",
            (state, message, result, state, job),
        )


def _run(row: tuple[object, ...]) -> Run:
    values = dict(zip(_RUN.split(", "), row, strict=True))
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


def _keep(connection: sqlite3.Connection, run: str, event: Event) -> None:
    match event:
        case Started():
            connection.execute(
                "UPDATE runs SET state = 'training', reason = '', ended = NULL, device_name = ?, precision = ?,"
                " started = coalesce(started, ?) WHERE id = ?",
                (event.device_name, event.precision, time.time(), run),
            )
        case Step():
            profile = _floats(*(getattr(event, name) for name in (*LAYERWISE, *BLOCKWISE)))
            connection.execute(
                "INSERT OR REPLACE INTO steps VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (run, event.step, event.loss, event.accuracy, event.learning_rate, event.seconds,
                 _floats(event.gradient_norms), profile),
            )  # fmt: skip
            connection.execute("UPDATE runs SET step = ? WHERE id = ?", (event.step, run))
        case Evaluation():
            connection.execute(
                "INSERT OR REPLACE INTO evaluations VALUES (?, ?, ?, ?, ?, ?)",
                (run, event.step, event.train_loss, event.train_error, event.test_loss, event.test_error),
            )
        case Checkpoint():
            connection.execute("UPDATE checkpoints SET state = x'' WHERE run = ?", (run,))
            connection.execute(
                "INSERT OR REPLACE INTO checkpoints VALUES (?, ?, ?, ?)", (run, event.step, event.weights, event.state)
            )
        case Finished() | Diverged() | Failed():
            _end(connection, run, event)


def _end(connection: sqlite3.Connection, run: str, event: Finished | Diverged | Failed) -> None:
    match event:
        case Finished():
            state, reason = RunState.FINISHED, ""
        case Diverged():
            state = RunState.DIVERGED
            reason = f"Diverged at step {event.step}: {event.layer} was the first layer whose output was not finite."
        case Failed():
            state, reason = RunState.FAILED, event.reason
    connection.execute(
        "UPDATE runs SET state = ?, reason = ?, step = max(step, ?), ended = ? WHERE id = ?",
        (state, reason, event.step, time.time(), run),
    )
