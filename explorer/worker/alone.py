"""One network trained by the command line's own process: to a running app it is a worker like any other."""

import os
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

from explorer.datasets import load
from explorer.runs import queue
from explorer.runs.events import Event, Step
from explorer.runs.records import JobState, Run, RunState
from explorer.runs.store import Store
from explorer.specs import Race
from explorer.training import train

OWNER = "cli"
FLUSH = 0.2
"""Seconds between two writes."""


def train_alone(store: Store, race: Race, folder: Path, tell: Callable[[Run, Event], None]) -> Event | None:
    """Train the one network of a race and tell what happens; returns the last event. Ctrl-C stops the run."""
    [experiment] = race.experiments
    data = load(experiment.dataset, folder)
    worker = uuid.uuid4().hex
    _beat(store, worker)
    [run] = queue.submit_race(store, race, OWNER, worker=worker)
    last: Event | None = None
    try:
        for last in _stored(store, run, worker, train(experiment, data)):
            tell(run, last)
    except KeyboardInterrupt:
        store.set_state(run.id, RunState.STOPPED)
        raise
    finally:
        store.finish(run.race, JobState.DONE)
        queue.interrupt(store, worker, "The command line ended.")
    return last


def _beat(store: Store, worker: str) -> None:
    """A heartbeat, so that a running app does not take the run for a dead worker's."""
    store.beat(worker, os.getpid(), OWNER, ready=True)


def _stored(store: Store, run: Run, worker: str, events: Iterator[Event]) -> Iterator[Event]:
    kept: list[Event] = []
    written = time.monotonic()
    for event in events:
        kept.append(event)
        if not isinstance(event, Step) or time.monotonic() - written > FLUSH:
            store.record(run.id, kept)
            _beat(store, worker)
            kept, written = [], time.monotonic()
        yield event
