"""The trained networks that a question is about."""

from collections.abc import Sequence
from functools import lru_cache

from safetensors import SafetensorError
from safetensors.torch import load as load_weights

from explorer.datasets import Dataset, load
from explorer.networks import ResidualNetwork, build
from explorer.runs.records import Run
from explorer.runs.store import Store
from explorer.specs import DatasetSpec, settings


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
