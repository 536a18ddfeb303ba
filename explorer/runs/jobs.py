"""The jobs and the workers of the store: what is asked for, by whom, how far it is and what it gave."""

import json
import time
from collections.abc import Mapping, Sequence

from explorer.runs.records import Job, JobState
from explorer.runs.schema import Database

_JOB = "id, kind, owner, payload, state, progress, message, command, single, delay"
_FORGET = "blob = CASE blob WHEN x'' THEN x'' ELSE x'00' END"
"""Forgets what was handed in with a job, but not that there was something: its result is somebody's own."""


class Jobs(Database):
    """What the store knows of jobs and workers; who may do what, `explorer.runs.queue` and `asking` know."""

    # What is asked for

    def add_job(self, job: str, kind: str, pool: str, owner: str, payload: Mapping[str, object], blob: bytes, worker: str) -> None:
        """Queue a job unless there is one of this id; with `worker` it is that worker's from the start."""
        state = JobState.RUNNING if worker else JobState.QUEUED
        self._do(
            "INSERT INTO jobs (id, kind, pool, owner, payload, blob, state, created, worker)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
            job, kind, pool, owner, json.dumps(payload), blob, state, time.time(), worker,
        )  # fmt: skip

    def job(self, name: str) -> Job | None:
        """Return a job without its blobs, or None."""
        return next(iter(self._jobs("id = ?", name)), None)

    def jobs(self, *states: JobState, **of: str) -> list[Job]:
        """Return jobs, oldest first: in any of some states, if given, and `of` a kind, pool, owner or worker."""
        assert of.keys() <= {"kind", "pool", "owner", "worker"}
        wanted = [*(f"{column} = ?" for column in of), *([f"state IN ({marks(states)})"] if states else [])]
        return self._jobs(" AND ".join(wanted) or "1", *of.values(), *states)

    def _jobs(self, wanted: str, *values: object) -> list[Job]:
        rows = self._do(f"SELECT {_JOB} FROM jobs WHERE {wanted} ORDER BY created, id", *values)
        found = (dict(zip(_JOB.split(", "), row, strict=True)) for row in rows)
        return [Job(**values | {"state": JobState(values["state"])}) for values in found]

    def blob(self, job: str) -> bytes:
        """Return what was handed in with a job, such as an uploaded picture."""
        row = self._do("SELECT blob FROM jobs WHERE id = ?", job).fetchone()
        return bytes(row[0]) if row else b""

    def result(self, job: str) -> bytes | None:
        """Return what a job gave, or None."""
        row = self._do("SELECT result FROM jobs WHERE id = ?", job).fetchone()
        return None if row is None or row[0] is None else bytes(row[0])

    def payload(self, job: str) -> dict[str, object]:
        """Return what a job was asked for."""
        row = self._do("SELECT payload FROM jobs WHERE id = ?", job).fetchone()
        return dict(json.loads(row[0])) if row else {}

    def last_served(self, pool: str) -> dict[str, float]:
        """Return when a job of each owner was last taken; 0 for those of whom none was yet."""
        rows = self._do("SELECT owner, max(started) FROM jobs WHERE pool = ? GROUP BY owner", pool)
        return {owner: when or 0 for owner, when in rows}

    # How it goes

    def take(self, job: str, worker: str) -> None:
        """Note that a worker has a job."""
        self._do("UPDATE jobs SET state = 'running', worker = ?, started = ? WHERE id = ?", worker, time.time(), job)

    def report(self, job: str, progress: float, message: str, so_far: bytes | None = None) -> None:
        """Note how far a job is, and its result as far as it is known."""
        self._do(
            "UPDATE jobs SET progress = ?, message = ?, result = coalesce(?, result) WHERE id = ?",
            progress, message, so_far, job,
        )  # fmt: skip

    def finish(self, job: str, state: JobState, message: str = "", result: bytes | None = None) -> None:
        """Note how a job ended; what was handed in with it, such as an uploaded picture, is forgotten."""
        self._do(
            f"UPDATE jobs SET state = ?, message = ?, result = coalesce(?, result), {_FORGET},"
            " progress = CASE ? WHEN 'done' THEN 1 ELSE progress END"
            " WHERE id = ?",
            state, message, result, state, job,
        )  # fmt: skip

    def queue_again(self, job: str, payload: Mapping[str, object]) -> None:
        """Let a job that ended wait once more, as if it came now, with what is asked now."""
        self._do(
            "UPDATE jobs SET state = 'queued', command = 'run', single = 0, worker = '', payload = ?, created = ?"
            " WHERE id = ?",
            json.dumps(payload), time.time(), job,
        )  # fmt: skip

    def forget_job(self, job: str, *states: JobState) -> None:
        """Forget a job that is in one of these states."""
        self._do(f"DELETE FROM jobs WHERE id = ? AND state IN ({marks(states)})", job, *states)

    def forget_results(self, before: float, own_before: float) -> None:
        """Forget ended questions asked before a moment; those with something handed in, before another one."""
        self._do(
            "DELETE FROM jobs WHERE pool = 'measure' AND state NOT IN ('queued', 'running')"
            " AND created < CASE blob WHEN x'' THEN ? ELSE ? END",
            before, own_before,
        )  # fmt: skip

    # What its owner says

    def steer(self, job: str, command: str) -> None:
        """Note what a worker shall do with a job; single steps not yet done are dropped."""
        self._do("UPDATE jobs SET command = ?, single = 0 WHERE id = ?", command, job)

    def add_step(self, job: str) -> None:
        """Note that a pausing job shall do one step more."""
        self._do("UPDATE jobs SET command = 'pause', single = single + 1 WHERE id = ?", job)

    def take_step(self, job: str) -> None:
        """Note that a single step is done."""
        self._do("UPDATE jobs SET single = single - 1 WHERE id = ? AND single > 0", job)

    def set_delay(self, job: str, seconds: float) -> None:
        """Note how long a job shall wait between two steps."""
        self._do("UPDATE jobs SET delay = ? WHERE id = ?", seconds, job)

    def cancel(self, job: str) -> None:
        """End a job that no worker has; what was handed in with it is forgotten."""
        self._do(f"UPDATE jobs SET command = 'stop', state = 'cancelled', {_FORGET} WHERE id = ?", job)

    # Workers

    def beat(self, worker: str, pid: int, pool: str, *, ready: bool) -> None:
        """Note that a worker lives."""
        self._do("INSERT OR REPLACE INTO workers VALUES (?, ?, ?, ?, ?)", worker, pid, pool, ready, time.time())

    def ready_workers(self, pool: str) -> list[int]:
        """Return the process ids of a pool's workers that are warm, the last one heard of first."""
        rows = self._do("SELECT pid FROM workers WHERE pool = ? AND ready ORDER BY beat DESC", pool)
        return [row[0] for row in rows]

    def lost_workers(self, since: float) -> list[str]:
        """Return the workers not heard of since a moment, and those that have a job and were never heard of."""
        rows = self._do(
            "SELECT id FROM workers WHERE beat < ? UNION ALL"
            " SELECT DISTINCT worker FROM jobs WHERE state = 'running' AND worker NOT IN (SELECT id FROM workers)",
            since,
        )
        return [row[0] for row in rows]

    def forget_worker(self, worker: str) -> None:
        """Forget a worker."""
        self._do("DELETE FROM workers WHERE id = ?", worker)


def marks(values: Sequence[object]) -> str:
    """Return a place for each of some values in a statement."""
    return ", ".join("?" * len(values))
