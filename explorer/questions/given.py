"""What a measure is given beside its spec: trained networks and their pictures, a file, and a way to say how far it is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol, TypeVar

from safetensors import SafetensorError
from safetensors.torch import load as load_weights

from explorer.datasets import Dataset, load
from explorer.networks import ResidualNetwork, build
from explorer.questions.spec import TrainedSpec
from explorer.runs.records import Run
from explorer.runs.store import Store
from explorer.specs import DatasetSpec, DeviceChoice, settings
from explorer.training.device import resolve_device

R = TypeVar("R")


class Report(Protocol):
    """Tells whoever waits how far a job is; raises when nobody wants its result any more."""

    def __call__(self, progress: float, message: str, so_far: Sequence[Any] = (), /) -> None:
        """Take progress, 0 to 1, a few words, and the results as far as they are known, if they can be shown."""


def silent(_progress: float, _message: str, _so_far: Sequence[Any] = (), /) -> None:
    """Report to nobody."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a job brings to its measure."""

    store: Store
    file: bytes = b""
    """The file that was handed in with the question, if one was."""
    report: Report = silent

    def each(self, spec: TrainedSpec, measure: Callable[[ResidualNetwork, Dataset, Report], R]) -> tuple[R, ...]:
        """Return what `measure` finds on the network of every run at a checkpoint, on the device that computes best."""
        self.report(0, "pictures")
        runs, data = asked_runs(self.store, spec.runs)
        device = resolve_device(DeviceChoice.AUTO)
        networks = (network_at(self.store, run, spec.step).to(device) for run in runs)
        parts = self.parts([run.experiment.network.title for run in runs])
        return tuple(measure(network, data, part) for network, part in zip(networks, parts, strict=True))

    def parts(self, titles: Sequence[str]) -> list[Report]:
        """Return how each of equal parts of a job reports: with its title, if it has one."""
        return [_part(self.report, index, titles) for index in range(len(titles))]


def _part(report: Report, index: int, titles: Sequence[str]) -> Report:
    before = f"{titles[index]}: " if titles[index] else ""

    def say(share: float, words: str, so_far: Sequence[Any] = (), /) -> None:
        report((index + share) / len(titles), f"{before}{words}", so_far)

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
