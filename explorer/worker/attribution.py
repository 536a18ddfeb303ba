"""The job behind the attribution page: the same pictures shown to every network that was asked about."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from explorer.datasets import Dataset, unit_range
from explorer.datasets.picture import decode
from explorer.measure.attribution import attribute
from explorer.results.attribution import AttributionResult, to_npz
from explorer.runs.records import Run
from explorer.runs.store import Store
from explorer.specs import DeviceChoice, outline
from explorer.specs.attribution import AttributionRequest, chosen_block
from explorer.training.device import resolve_device
from explorer.worker.asked import Report, asked_runs, network_at, part_of, validated


def attribute_job(payload: Mapping[str, object], blob: bytes, store: Store, report: Report) -> bytes:
    """Return an npz with one AttributionResult a run, in the order of the request.

    `blob` is the uploaded file where the request says so. Raises ValueError, one sentence for the page;
    whatever `report` raises passes through.
    """
    request = validated(AttributionRequest, payload)
    report(0, "pictures")
    runs, data = asked_runs(store, request.runs)
    images, labels = _pictures(request, blob, data)
    results = [
        _explain(request, store, run, data, images, labels, part_of(report, index, runs))
        for index, run in enumerate(runs)
    ]
    return to_npz(results)


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
        network_at(store, run, request.step),
        data.normalise(images).to(device),
        _targets(request, labels, len(data.card.classes)),
        request.methods,
        chosen_block(outline(run.experiment.network), request.block).name,
        shown=(unit_range(images) * 255).round().byte().permute(0, 2, 3, 1).contiguous().numpy(),
        labels=labels,
        report=report,
    )


def _targets(request: AttributionRequest, labels: npt.NDArray[np.int64], classes: int) -> Tensor | None:
    if request.target == "predicted":
        return None
    if request.target == "true":
        return torch.from_numpy(labels)
    if request.target >= classes:
        raise ValueError(f"target is {request.target}: the classes go from 0 to {classes - 1}.")
    return torch.full((len(labels),), request.target)
