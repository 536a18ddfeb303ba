"""A race: one to four networks trained in step by one process."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

from explorer.datasets import Dataset, load
from explorer.runs.events import Event, Step
from explorer.runs.records import Command, Job, Run, RunState
from explorer.runs.store import Store
from explorer.training import train
from explorer.worker.origin import first_checkpoint

FLUSH = 0.05
"""Seconds between two writes: what a kill -9 can lose."""


class Stopped(Exception):  # noqa: N818 - it is an outcome, not an error
    """The owner ended the race."""


def run_race(job: Job, store: Store, folder: Path) -> None:
    """Train the runs of a job in step until all have ended; raises Stopped when the owner says so."""
    names = json.loads(job.payload)["runs"]
    runs = [run for name in names if (run := store.run(name)) is not None]
    data = load(runs[0].experiment.dataset, folder, progress=lambda share, words: store.report(job.id, share, words))
    lanes = [_Lane(store, run, data) for run in runs]
    steering = _Steering(job, store, runs)
    while lanes:
        steering.wait(lanes)
        lanes = [lane for lane in lanes if lane.advance()]
        steering.breathe(lanes)


class _Lane:
    """One network of a race and what it has not yet written down."""

    def __init__(self, store: Store, run: Run, data: Dataset) -> None:
        self.store, self.run = store, run
        resume = store.checkpoint(run.id)
        if resume is not None:
            store.rewind(run.id, resume.step)
        else:
            resume = first_checkpoint(store, run)
        self.events: Iterator[Event] = train(run.experiment, data, resume=resume)
        self.kept: list[Event] = []
        self.written = 0.0

    def advance(self) -> bool:
        """Go on to the next logged step, evaluations and checkpoints included; False when there is no more."""
        for event in self.events:
            self.kept.append(event)
            told = isinstance(event, Step)
            if not told or time.monotonic() - self.written > FLUSH:
                self.flush()
                self.written = time.monotonic() if told else 0.0  # the first step is told at once
            if told:
                return True
        self.flush()
        return False

    def flush(self) -> None:
        """Write down what has happened."""
        self.store.record(self.run.id, self.kept)
        self.kept = []


def _flush(lanes: list[_Lane]) -> None:
    for lane in lanes:
        lane.flush()


class _Steering:
    """Obeys pause, resume, step, slow, fast and stop between two rounds."""

    def __init__(self, job: Job, store: Store, runs: list[Run]) -> None:
        self.job, self.store, self.runs = job.id, store, runs
        self.looked, self.paused = 0.0, False
        self.now = job

    def wait(self, lanes: list[_Lane]) -> None:
        """Return when the next round may begin; raises Stopped. What is known is written down before a pause."""
        self._look(every=0.03)
        while self.now.command == Command.PAUSE and not self.now.single:
            if not self.paused:
                _flush(lanes)
            self._say(paused=True)
            time.sleep(0.02)
            self._look()
        if self.now.command == Command.STOP:
            _flush(lanes)
            self._stop()
        if self.now.command == Command.PAUSE:
            self.store.take_step(self.job)
            self.looked = 0.0
        else:
            self._say(paused=False)

    def breathe(self, lanes: list[_Lane]) -> None:
        """Write at once where a person watches single steps; wait in slow motion."""
        if self.now.delay or self.now.command == Command.PAUSE:
            _flush(lanes)
            time.sleep(self.now.delay)

    def _look(self, every: float = 0.0) -> None:
        if time.monotonic() - self.looked >= every:
            self.now = self.store.job(self.job) or self._stop()
            self.looked = time.monotonic()

    def _say(self, *, paused: bool) -> None:
        if paused != self.paused:
            self.paused = paused
            before, after = (RunState.TRAINING, RunState.PAUSED) if paused else (RunState.PAUSED, RunState.TRAINING)
            self.store.change_state(self.job, before, after)

    def _stop(self) -> Job:
        for run in self.runs:
            now = self.store.run(run.id)
            if now is not None and now.state.going:
                self.store.set_state(run.id, RunState.STOPPED)
        raise Stopped
