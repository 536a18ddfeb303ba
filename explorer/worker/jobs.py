"""What a worker can be asked to do: train a race, or measure what a question asks."""

import time
import traceback
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import torch
from pydantic import ValidationError

from explorer.datasets import load
from explorer.questions.given import Given, Report
from explorer.questions.question import Question, find
from explorer.runs.records import Job, JobState, RunState
from explorer.runs.store import Store
from explorer.specs import DatasetSpec, NetworkSpec, sentences
from explorer.training.loop import Trainer
from explorer.worker.races import Stopped, run_race


class Cancelled(Exception):  # noqa: N818 - it is an outcome, not an error
    """The owner of a job does not want it any more."""


def warm_up(pool: str, data: Path) -> None:
    """Pay for first calls before anyone waits: pictures loaded, one small step done, captum imported."""
    torch.set_num_threads(1)
    digits = load(DatasetSpec(), data)
    if pool == "train":
        from explorer.specs import Experiment

        network = NetworkSpec(depth=8, width=4, input_shape=(1, 8, 8))
        Trainer(Experiment(network=network), digits).step(1, log=True)
    else:
        import_module("explorer.questions.attribution.methods.measure")


def do(job: Job, store: Store, data: Path) -> None:
    """Do a job and note its end; nothing that happens in it ends the worker."""
    try:
        if job.kind == "train":
            run_race(job, store, data)
            store.finish(job.id, JobState.DONE)
        else:
            question = find(job.kind)
            given = Given(store, store.blob(job.id), _report(job, store, question))
            store.finish(job.id, JobState.DONE, result=measured(question, store.payload(job.id), given))
    except (Cancelled, Stopped):
        store.finish(job.id, JobState.CANCELLED)
    except ValueError as error:  # our own errors are sentences for the page
        _fail(job, store, str(error))
    except Exception:
        traceback.print_exc()
        _fail(job, store, "Something went wrong that should not have; the worker's log says what.")


def measured(question: Question[Any, Any], payload: Mapping[str, object], given: Given) -> bytes:
    """Return what a question's measure finds, as bytes for the store; raises ValueError, sentences for the page."""
    try:
        spec = question.spec.model_validate(payload)
    except ValidationError as error:
        raise ValueError(" ".join(sentences(error))) from error
    measure = import_module(f"{question.folder}.measure").measure
    return bytes(question.result.encode(measure(spec, given)))


def _fail(job: Job, store: Store, sentence: str) -> None:
    for run in store.race(job.id):
        if run.state.going:
            store.set_state(run.id, RunState.FAILED, sentence)
    store.finish(job.id, JobState.FAILED, sentence)


def _report(job: Job, store: Store, question: Question[Any, Any]) -> Report:
    last = 0.0

    def report(progress: float, message: str, so_far: Sequence[Any] = (), /) -> None:
        nonlocal last
        if time.monotonic() - last < 0.1 and progress < 1:
            return
        last = time.monotonic()
        now = store.job(job.id)
        if now is None or now.command == "stop":
            raise Cancelled
        store.report(job.id, progress, message, question.result.encode(so_far) if so_far else None)

    return report
