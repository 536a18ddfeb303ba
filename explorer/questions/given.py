"""The trained networks that a question is about."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Protocol, TypeVar

from pydantic import BaseModel, ValidationError
from safetensors import SafetensorError
from safetensors.torch import load as load_weights

from explorer.datasets import Dataset, load
from explorer.networks import ResidualNetwork, build
from explorer.runs.records import Run
from explorer.runs.store import Store
from explorer.specs import DatasetSpec, DeviceChoice, sentences, settings
from explorer.training.device import resolve_device


class Report(Protocol):
    """Tells whoever waits how far a job is; raises when nobody wants the answer any more."""

    def __call__(self, progress: float, message: str, so_far: bytes | None = None, /) -> None:
        """Take progress, 0 to 1, a few words, and the answer as far as it is known, if it can be shown."""


Request = TypeVar("Request", bound=BaseModel)
Answer = TypeVar("Answer")


def validated(kind: type[Request], payload: Mapping[str, object]) -> Request:
    """Return a job's payload as the request it should be; raises ValueError, sentences for the page."""
    try:
        return kind.model_validate(payload)
    except ValidationError as error:
        raise ValueError(" ".join(sentences(error))) from error


def ask_each(
    store: Store,
    names: Sequence[str],
    step: int | None,
    report: Report,
    measure: Callable[[ResidualNetwork, Dataset, Report], Answer],
) -> tuple[Answer, ...]:
    """Return what `measure` finds on the network of every run at a checkpoint, on the device that computes best."""
    report(0, "pictures")
    runs, data = asked_runs(store, names)
    device = resolve_device(DeviceChoice.AUTO)

    titles = [run.experiment.network.title for run in runs]
    return tuple(
        measure(network_at(store, run, step).to(device), data, part_of(report, index, titles))
        for index, run in enumerate(runs)
    )


def part_of(report: Report, index: int, titles: Sequence[str]) -> Report:
    """Return how one of several equal parts of a job reports: with the title of its network."""

    def say(share: float, words: str, so_far: bytes | None = None, /) -> None:
        report((index + share) / len(titles), f"{titles[index]}: {words}", so_far)

    return say


def asked_runs(store: Store, names: Sequence[str]) -> tuple[list[Run], Dataset]:
    """Return the runs of these ids and the pictures that they learned from; raises ValueError, one sentence."""
    runs = [_run(store, name) for name in names]
    if len({run.experiment.dataset for run in runs}) > 1:
        raise ValueError("These runs learned from different pictures: choose runs of one dataset to compare them.")
    return runs, _data(runs[0].experiment.dataset)


@lru_cache(maxsize=2)
def _data(spec: DatasetSpec) -> Dataset:
    return load(spec, settings().datasets_path)


def _run(store: Store, name: str) -> Run:
    run = store.run(name)
    if run is None:
        raise ValueError("One of these runs is not there any more: choose others.")
    return run


def network_at(store: Store, run: Run, step: int | None) -> ResidualNetwork:
    """Return the network at a checkpoint; the file is safetensors, and must fit name for name and shape for shape."""
    saved = store.checkpoint(run.id, step)
    title = run.experiment.network.title
    if saved is None:
        where = "yet: wait until it has trained a little" if step is None else f"at step {step}: choose another step"
        raise ValueError(f"{title} has no checkpoint {where}.")
    network = build(run.experiment.network)
    try:
        network.load_state_dict(load_weights(saved.weights), strict=True)
    except (RuntimeError, SafetensorError) as error:
        raise ValueError(f"The checkpoint of {title} at step {saved.step} does not fit its network.") from error
    return network
