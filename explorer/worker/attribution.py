"""The job behind the attribution page: the same pictures shown to every network that was asked about."""

from collections.abc import Callable, Mapping
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import torch
from pydantic import ValidationError
from safetensors import SafetensorError
from safetensors.torch import load as load_weights
from torch import Tensor, nn

from explorer.datasets import Dataset, load, unit_range
from explorer.datasets.picture import decode
from explorer.measure.attribution import attribute
from explorer.networks import build
from explorer.results.attribution import AttributionResult, to_npz
from explorer.runs.records import Run
from explorer.runs.store import Store
from explorer.specs import DatasetSpec, DeviceChoice, outline, sentences, settings
from explorer.specs.attribution import AttributionRequest, chosen_block
from explorer.training.device import resolve_device

Report = Callable[[float, str], None]


def attribute_job(payload: Mapping[str, object], blob: bytes, store: Store, report: Report) -> bytes:
    """Return an npz with one AttributionResult a run, in the order of the request.

    `blob` is the uploaded file where the request says so. Raises ValueError, one sentence for the page;
    whatever `report` raises passes through.
    """
    try:
        request = AttributionRequest.model_validate(payload)
    except ValidationError as error:
        raise ValueError(" ".join(sentences(error))) from error
    runs = [_run(store, name) for name in request.runs]
    if len({run.experiment.dataset for run in runs}) > 1:
        raise ValueError("These runs learned from different pictures: choose runs of one dataset to compare them.")
    report(0, "pictures")
    data = _data(runs[0].experiment.dataset)
    images, labels = _pictures(request, blob, data)
    results = []
    for index, run in enumerate(runs):
        title = run.experiment.network.title

        def say(share: float, message: str, index: int = index, title: str = title) -> None:
            report((index + share) / len(runs), f"{title}: {message}")

        results.append(_explain(request, store, run, data, images, labels, say))
    return to_npz(results)


@lru_cache(maxsize=2)
def _data(spec: DatasetSpec) -> Dataset:
    return load(spec, settings().datasets_path)


def _run(store: Store, name: str) -> Run:
    run = store.run(name)
    if run is None:
        raise ValueError("One of these runs is not there any more: choose others.")
    return run


def _pictures(request: AttributionRequest, blob: bytes, data: Dataset) -> tuple[Tensor, npt.NDArray[np.int64]]:
    """N×C×H×W in the dataset's own format, and N labels, -1 for an upload."""
    if request.images == "upload":
        return decode(blob, data.card), np.array([-1])
    if max(request.images) >= len(data.test_images):
        raise ValueError(f"images names picture {max(request.images)}: the test set has {len(data.test_images)}.")
    chosen = torch.tensor(request.images)
    return data.test_images[chosen], data.test_labels[chosen].numpy()


def _explain(
    request: AttributionRequest,
    store: Store,
    run: Run,
    data: Dataset,
    images: Tensor,
    labels: npt.NDArray[np.int64],
    report: Report,
) -> AttributionResult:
    device = resolve_device(DeviceChoice.AUTO)
    return attribute(
        _network(store, run, request.step),
        data.normalise(images).to(device),
        _targets(request, labels, len(data.card.classes)),
        request.methods,
        chosen_block(outline(run.experiment.network), request.block).name,
        shown=(unit_range(images) * 255).round().byte().permute(0, 2, 3, 1).contiguous().numpy(),
        labels=labels,
        report=report,
    )


def _network(store: Store, run: Run, step: int | None) -> nn.Module:
    """The network at a checkpoint; the file is safetensors, and must fit name for name and shape for shape."""
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


def _targets(request: AttributionRequest, labels: npt.NDArray[np.int64], classes: int) -> Tensor | None:
    if request.target == "predicted":
        return None
    if request.target == "true":
        return torch.from_numpy(labels)
    if request.target >= classes:
        raise ValueError(f"target is {request.target}: the classes go from 0 to {classes - 1}.")
    return torch.full((len(labels),), request.target)
