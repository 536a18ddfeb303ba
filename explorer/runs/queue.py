"""Who is served next, and how a job is asked for, steered and taken."""

import secrets
import time
from collections import Counter
from collections.abc import Mapping, Sequence

from explorer.runs.records import Command, Job, JobState, Run, RunState
from explorer.runs.store import Store
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
    job, now = secrets.token_urlsafe(12), time.time()
    started: Sequence[Graft | None] = origins or [None] * len(race.networks)
    runs = [
        Run(secrets.token_urlsafe(12), job, lane, owner, experiment, RunState.QUEUED, now, origin=origin)
        for lane, (experiment, origin) in enumerate(zip(race.experiments, started, strict=True))
    ]
    store.add_runs(runs)
    submit(store, "train", owner, {"runs": [run.id for run in runs]}, name=job, worker=worker)
    return store.race(job)


def _check_room(store: Store, owner: str, wanted: int) -> None:
    count = len(store.jobs(JobState.QUEUED, JobState.RUNNING, kind="train", owner=owner))
    if count >= settings().max_waiting:
        raise LimitError(f"{count} of your races wait or train: this server allows {settings().max_waiting}; stop one.")
    kept = store.count_runs(owner)
    if kept + wanted > settings().max_runs:
        raise LimitError(f"You keep {kept} runs: this server allows {settings().max_runs}; delete some.")


def resume_race(store: Store, race: str, owner: str) -> None:
    """Queue a stopped or interrupted race again, from the last checkpoint of each run; only its owner may."""
    runs = [run for run in store.race(race) if run.state in {RunState.STOPPED, RunState.INTERRUPTED}]
    if not runs or any(run.owner != owner for run in runs):
        return
    for run in runs:
        store.set_state(run.id, RunState.QUEUED)
    store.queue_again(race, {"runs": [run.id for run in runs]})


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
    """Queue a job, unless there is one of its name, and return its id: the name, else one that nobody can guess."""
    job = name or secrets.token_urlsafe(12)
    store.add_job(job, kind, POOLS.get(kind, "measure"), owner, payload, blob, worker)
    return job


def command(store: Store, job: str, owner: str, word: Command) -> bool:
    """Steer a job; returns False, and does nothing, for anyone but its owner."""
    found = store.job(job)
    if found is None or found.owner != owner:
        return False
    match word:
        case Command.STEP:
            store.add_step(job)
        case Command.SLOW | Command.FAST:
            store.set_delay(job, 0.25 if word is Command.SLOW else 0)
        case Command.STOP if found.state is JobState.QUEUED:
            _stop_waiting(store, job)
            store.cancel(job)
        case Command.RESUME:
            store.steer(job, "run")
        case _:
            store.steer(job, word)
    return True


def _stop_waiting(store: Store, job: str) -> None:
    for run in store.race(job):
        store.set_state(run.id, RunState.STOPPED, "Stopped before it began.")


def _waiting(store: Store, pool: str) -> list[tuple[str, str]]:
    """Return (job, owner) in the order of service: fewest running, then least recently served, then oldest."""
    running = Counter(job.owner for job in store.jobs(JobState.RUNNING, pool=pool))
    served = store.last_served(pool)
    left = [(job.id, job.owner) for job in store.jobs(JobState.QUEUED, pool=pool)]
    order = []
    while left:
        chosen = min(left, key=lambda one: (running[one[1]], served.get(one[1], 0)))
        left.remove(chosen)
        order.append(chosen)
        running[chosen[1]] += 1  # the next of the same owner stands behind everybody's first
    return order


def places(store: Store, pool: str = "train") -> dict[str, int]:
    """Return the place in the queue of every waiting job, 1 for the next."""
    return {job: place for place, (job, _) in enumerate(_waiting(store, pool), start=1)}


def claim(store: Store, pool: str, worker: str) -> Job | None:
    """Take the next job for a worker, or None; no two workers ever get the same."""
    if not store.jobs(JobState.QUEUED, pool=pool):
        return None
    with store.transaction():
        waiting = _waiting(store, pool)
        if not waiting:
            return None
        store.take(waiting[0][0], worker)
    return store.job(waiting[0][0])


def interrupt(store: Store, worker: str, why: str) -> None:
    """Note that a worker is gone: its job and the runs of it keep what they recorded."""
    for job in store.jobs(JobState.RUNNING, worker=worker):
        store.finish(job.id, JobState.INTERRUPTED, why)
        for run in store.race(job.id):
            if run.state.going:
                kept = (store.checkpoints(run.id) or [0])[-1]
                reason = f"{why} All up to step {run.step} is kept; going on starts from step {kept}."
                store.set_state(run.id, RunState.INTERRUPTED, reason)
    store.forget_worker(worker)


def interrupt_silent(store: Store, lease: float = 8.0) -> None:
    """Interrupt what belongs to workers that have not been heard of for a lease, in seconds."""
    for worker in store.lost_workers(time.time() - lease):
        interrupt(store, worker, "The server or its worker ended while this trained.")
