"""What a worker can be asked to do, by the name of its kind."""

import time
import traceback
from importlib import import_module
from pathlib import Path

import torch

from explorer.datasets import load
from explorer.questions.given import Report
from explorer.runs.records import Job, JobState, RunState
from explorer.runs.store import Store
from explorer.specs import DatasetSpec, NetworkSpec
from explorer.training.loop import Trainer
from explorer.worker.races import Stopped, run_race

MEASURES = {
    "attribute": ("explorer.questions.attribution.methods.job", "attribute_job"),
    "blocks": ("explorer.questions.attribution.methods.job", "blocks_job"),
    "check": ("explorer.questions.attribution.checks.job", "check_job"),
    "standing": ("explorer.questions.attribution.pictures.measure", "standing_job"),
    "likeness": ("explorer.questions.attribution.likeness.job", "likeness_job"),
    "anatomy": ("explorer.questions.anatomy.job", "anatomy_job"),
    "switchboard": ("explorer.questions.switchboard.job", "switchboard_job"),
    "boundary": ("explorer.questions.boundary.job", "boundary_job"),
    "graft": ("explorer.questions.graft.job", "graft_job"),
    "speed": ("explorer.questions.speed.job", "speed_job"),
    "surface": ("explorer.questions.surface.job", "surface_job"),
    "paths": ("explorer.questions.paths.job", "paths_job"),
    "lesion": ("explorer.questions.lesion.job", "lesion_job"),
    "dataset": ("explorer.questions.dataset.measure", "dataset_job"),
    "highway": ("explorer.labs.job", "highway_job"),
    "strength": ("explorer.labs.job", "strength_job"),
    "adding": ("explorer.labs.job", "adding_job"),
    "approximation": ("explorer.labs.job", "approximation_job"),
    "correction": ("explorer.labs.job", "correction_job"),
    "sharpening": ("explorer.labs.job", "sharpening_job"),
    "ensemble": ("explorer.labs.ensemble.job", "ensemble_job"),
    "identity": ("explorer.labs.job", "identity_job"),
    "spirals": ("explorer.labs.job", "spirals_job"),
}
"""Module and function of every kind but `train`: (payload, blob, store, report) -> bytes. captum loads on first use."""


class Cancelled(Exception):  # noqa: N818 - it is an outcome, not an error
    """The owner of a job does not want it any more."""


def warm_up(pool: str, data: Path) -> None:
    """Pay for first calls before anyone waits: pictures loaded, one small step done."""
    torch.set_num_threads(1)
    digits = load(DatasetSpec(), data)
    if pool == "train":
        from explorer.specs import Experiment

        network = NetworkSpec(depth=8, width=4, input_shape=(1, 8, 8))
        Trainer(Experiment(network=network), digits).step(1, log=True)
    else:
        import_module(MEASURES["attribute"][0])


def do(job: Job, store: Store, data: Path) -> None:
    """Do a job and note its end; nothing that happens in it ends the worker."""
    try:
        if job.kind == "train":
            run_race(job, store, data)
            store.finish(job.id, JobState.DONE)
        else:
            module, function = MEASURES[job.kind]
            work = getattr(import_module(module), function)
            result = work(store.payload(job.id), store.blob(job.id), store, _report(job, store))
            store.finish(job.id, JobState.DONE, result=result)
    except (Cancelled, Stopped):
        store.finish(job.id, JobState.CANCELLED)
    except ValueError as error:  # our own errors are sentences for the page
        _fail(job, store, str(error))
    except Exception:
        traceback.print_exc()
        _fail(job, store, "Something went wrong that should not have; the worker's log says what.")


def _fail(job: Job, store: Store, sentence: str) -> None:
    for run in store.race(job.id):
        if run.state.going:
            store.set_state(run.id, RunState.FAILED, sentence)
    store.finish(job.id, JobState.FAILED, sentence)


def _report(job: Job, store: Store) -> Report:
    last = 0.0

    def report(progress: float, message: str, so_far: bytes | None = None) -> None:
        nonlocal last
        if time.monotonic() - last < 0.1 and progress < 1:
            return
        last = time.monotonic()
        now = store.job(job.id)
        if now is None or now.command == "stop":
            raise Cancelled
        store.report(job.id, progress, message, so_far)

    return report
