"""Who is served next, and how a job is asked for, steered and taken."""

import json
import secrets
import time
from collections import Counter
from collections.abc import Mapping, Sequence

from explorer.runs.records import Command, Job, JobState, Run, RunState
from explorer.runs.store import FORGET, Store
from explorer.specs import LimitError, Race, settings
from explorer.specs.graft import Graft

POOLS = {"train": "train"}
"""Which pool of workers does a kind of job; every other kind is done by the pool `measure`."""


def submit_race(store: Store, race: Race, owner: str, *, worker: str = "", origins: Sequence[Graft] = ()) -> list[Run]:
    """Queue the networks of a race as one job and return its runs, network A first.

    With `origins`, one a network, they start from changed checkpoints.
    With `worker` the job is that worker's from the start, and the limits, which are for browsers, do not hold.
    Raises LimitError, one sentence, where this server allows less.
    """
    if not worker:
        settings().allow(race)
        _check_room(store, owner, len(race.networks))
    job = secrets.token_urlsafe(12)
    names = [secrets.token_urlsafe(12) for _ in race.networks]
    now = time.time()
    with store.transaction() as connection:
        for lane, (name, experiment) in enumerate(zip(names, race.experiments, strict=True)):
            connection.execute(
                "INSERT INTO runs (id, race, lane, owner, experiment, state, created, origin)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    name,
                    job,
                    lane,
                    owner,
                    experiment.model_dump_json(),
                    RunState.QUEUED,
                    now,
                    origins[lane].model_dump_json() if origins else "",
                ),
            )
    submit(store, "train", owner, {"runs": names}, name=job, worker=worker)
    return store.race(job)


def _check_room(store: Store, owner: str, wanted: int) -> None:
    count = store.connection.execute(
        "SELECT count(*) FROM jobs WHERE owner = ? AND kind = 'train' AND state IN ('queued', 'running')", (owner,)
    ).fetchone()[0]
    if count >= settings().max_waiting:
        raise LimitError(f"{count} of your races wait or train: this server allows {settings().max_waiting}; stop one.")
    kept = store.connection.execute("SELECT count(*) FROM runs WHERE owner = ?", (owner,)).fetchone()[0]
    if kept + wanted > settings().max_runs:
        raise LimitError(f"You keep {kept} runs: this server allows {settings().max_runs}; delete some.")


def resume_race(store: Store, race: str, owner: str) -> None:
    """Queue a stopped or interrupted race again, from the last checkpoint of each run; only its owner may."""
    runs = [run for run in store.race(race) if run.state in {RunState.STOPPED, RunState.INTERRUPTED}]
    if not runs or any(run.owner != owner for run in runs):
        return
    for run in runs:
        store.set_state(run.id, RunState.QUEUED)
    store.connection.execute(
        "UPDATE jobs SET state = 'queued', command = 'run', single = 0, worker = '', payload = ?, created = ? WHERE id = ?",
        (json.dumps({"runs": [run.id for run in runs]}), time.time(), race),
    )


def submit(
    store: Store,
    kind: str,
    owner: str,
    payload: Mapping[str, object],
    blob: bytes = b"",
    *,
    name: str | None = None,
    worker: str = "",
) -> str:
    """Queue a job and return its unguessable id."""
    job, state = name or secrets.token_urlsafe(12), JobState.RUNNING if worker else JobState.QUEUED
    store.connection.execute(
        "INSERT INTO jobs (id, kind, pool, owner, payload, blob, state, created, worker) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (job, kind, POOLS.get(kind, "measure"), owner, json.dumps(payload), blob, state, time.time(), worker),
    )
    return job


def command(store: Store, job: str, owner: str, word: Command) -> bool:
    """Steer a job; returns False, and does nothing, for anyone but its owner."""
    found = store.job(job)
    if found is None or found.owner != owner:
        return False
    match word:
        case Command.STEP:
            change = "command = 'pause', single = single + 1"
        case Command.SLOW | Command.FAST:
            change = f"delay = {0.25 if word is Command.SLOW else 0}"
        case Command.STOP if found.state is JobState.QUEUED:
            change = f"command = 'stop', state = 'cancelled', {FORGET}"
            _stop_waiting(store, job)
        case Command.RESUME:
            change = "command = 'run', single = 0"
        case _:
            change = f"command = '{word.value}', single = 0"
    store.connection.execute(f"UPDATE jobs SET {change} WHERE id = ?", (job,))
    return True


def _stop_waiting(store: Store, job: str) -> None:
    for run in store.race(job):
        store.set_state(run.id, RunState.STOPPED, "Stopped before it began.")


def _waiting(store: Store, pool: str) -> list[tuple[str, str]]:
    """Return (job, owner) in the order of service: fewest running, then least recently served, then oldest."""
    running = Counter(
        row[0]
        for row in store.connection.execute("SELECT owner FROM jobs WHERE pool = ? AND state = 'running'", (pool,))
    )
    served = dict(
        store.connection.execute(
            "SELECT owner, max(started) FROM jobs WHERE pool = ? GROUP BY owner", (pool,)
        ).fetchall()
    )
    left = store.connection.execute(
        "SELECT id, owner FROM jobs WHERE pool = ? AND state = 'queued' ORDER BY created, id", (pool,)
    ).fetchall()
    order = []
    while left:
        chosen = min(left, key=lambda one: (running[one[1]], served.get(one[1]) or 0))
        left.remove(chosen)
        order.append(chosen)
        running[chosen[1]] += 1  # the next of the same owner stands behind everybody's first
    return order


def places(store: Store, pool: str = "train") -> dict[str, int]:
    """Return the place in the queue of every waiting job, 1 for the next."""
    return {job: place for place, (job, _) in enumerate(_waiting(store, pool), start=1)}


def claim(store: Store, pool: str, worker: str) -> Job | None:
    """Take the next job for a worker, or None; no two workers ever get the same."""
    if not store.connection.execute(
        "SELECT 1 FROM jobs WHERE pool = ? AND state = 'queued' LIMIT 1", (pool,)
    ).fetchone():
        return None
    with store.transaction() as connection:
        waiting = _waiting(store, pool)
        if not waiting:
            return None
        connection.execute(
            "UPDATE jobs SET state = 'running', worker = ?, started = ? WHERE id = ?",
            (worker, time.time(), waiting[0][0]),
        )
    return store.job(waiting[0][0])


def interrupt(store: Store, worker: str, why: str) -> None:
    """Note that a worker is gone: its job and the runs of it keep what they recorded."""
    rows = store.connection.execute("SELECT id FROM jobs WHERE worker = ? AND state = 'running'", (worker,)).fetchall()
    for (job,) in rows:
        store.finish(job, JobState.INTERRUPTED, why)
        for run in store.race(job):
            if run.state.going:
                kept = (store.checkpoints(run.id) or [0])[-1]
                store.set_state(
                    run.id,
                    RunState.INTERRUPTED,
                    f"{why} All up to step {run.step} is kept; going on starts from step {kept}.",
                )
    store.connection.execute("DELETE FROM workers WHERE id = ?", (worker,))


def beat(store: Store, worker: str, pid: int, pool: str, *, ready: bool) -> None:
    """Note that a worker lives."""
    store.connection.execute(
        "INSERT OR REPLACE INTO workers VALUES (?, ?, ?, ?, ?)", (worker, pid, pool, ready, time.time())
    )


def interrupt_silent(store: Store, lease: float = 8.0) -> None:
    """Interrupt what belongs to workers that have not been heard of for a lease, in seconds."""
    dead = store.connection.execute("SELECT id FROM workers WHERE beat < ?", (time.time() - lease,)).fetchall()
    unknown = store.connection.execute(
        "SELECT DISTINCT worker FROM jobs WHERE state = 'running' AND worker NOT IN (SELECT id FROM workers)"
    ).fetchall()
    for (worker,) in dead + unknown:
        interrupt(store, worker, "The server or its worker ended while this trained.")
