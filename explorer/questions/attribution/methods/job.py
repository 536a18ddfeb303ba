"""The job behind the attribution page: the same pictures shown to every network that was asked about."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torchvision.transforms.functional import gaussian_blur

from explorer.datasets import Dataset, unit_range
from explorer.datasets.imagenet import imagenet
from explorer.datasets.picture import decode
from explorer.networks import ResidualNetwork
from explorer.networks.pretrained import pretrained
from explorer.questions.attribution.blocks import result as block_maps
from explorer.questions.attribution.blocks.measure import explain_blocks
from explorer.questions.attribution.blocks.result import BlockMaps
from explorer.questions.attribution.methods.measure import attribute
from explorer.questions.attribution.methods.result import AttributionResult, to_npz
from explorer.questions.attribution.methods.spec import AttributionRequest, Baseline, chosen_block
from explorer.questions.given import Report, asked_runs, network_at, part_of, validated
from explorer.runs.store import Store
from explorer.specs import DeviceChoice, settings
from explorer.specs.pretrained import pretrained_specs
from explorer.training.device import resolve_device

Found = TypeVar("Found")
REFERENCES = 16
"""Training pictures that gradient SHAP measures against, the first ones."""


def attribute_job(payload: Mapping[str, object], blob: bytes, store: Store, report: Report) -> bytes:
    """Return an npz with one AttributionResult a network, in the order of the request.

    `blob` is the uploaded file where the request says so. Raises ValueError, one sentence for the page;
    whatever `report` raises passes through.
    """
    request = validated(AttributionRequest, payload)
    return to_npz(_each(request, blob, store, report, partial(_explain, request)))


def blocks_job(payload: Mapping[str, object], blob: bytes, store: Store, report: Report) -> bytes:
    """Return an npz with one BlockMaps a network: what every block adds; else as `attribute_job`."""
    return block_maps.to_npz(_each(validated(AttributionRequest, payload), blob, store, report, _explain_blocks))


def _each(
    request: AttributionRequest,
    blob: bytes,
    store: Store,
    report: Report,
    explain: Callable[[ResidualNetwork, "_Asked", Report], Found],
) -> list[Found]:
    """What `explain` finds on each network that was asked about: trained here, or torchvision's."""
    report(0, "pictures")
    if request.pretrained:
        specs = [pretrained_specs()[name] for name in request.runs]
        parts = [part_of(report, index, [spec.title for spec in specs]) for index in range(len(specs))]
        asked = _Asked.of(request, blob, imagenet())
        return [
            explain(pretrained(spec, settings().weights_path, part), asked, part)
            for spec, part in zip(specs, parts, strict=True)
        ]
    runs, data = asked_runs(store, request.runs)
    titles, asked = [run.experiment.network.title for run in runs], _Asked.of(request, blob, data)
    return [
        explain(network_at(store, run, request.step), asked, part_of(report, index, titles))
        for index, run in enumerate(runs)
    ]


def _pictures(request: AttributionRequest, blob: bytes, data: Dataset) -> tuple[Tensor, npt.NDArray[np.int64]]:
    """N×C×H×W in the dataset's own format, and N labels, -1 for an upload."""
    if request.images == "upload":
        return decode(blob, data.card), np.array([-1])
    if max(request.images) >= len(data.test_images):
        raise ValueError(f"images names picture {max(request.images)}: the test set has {len(data.test_images)}.")
    chosen = torch.tensor(request.images)
    return data.test_images[chosen], data.test_labels[chosen].numpy()


@dataclass(frozen=True, slots=True)
class _Asked:
    """A request's pictures on the device to compute on."""

    images: Tensor
    """N×C×H×W, normalised."""
    labels: npt.NDArray[np.int64]
    targets: Tensor | None
    baselines: Tensor
    references: Tensor | None
    shown: npt.NDArray[np.uint8]

    @classmethod
    def of(cls, request: AttributionRequest, blob: bytes, data: Dataset) -> "_Asked":
        images, labels = _pictures(request, blob, data)
        device = resolve_device(DeviceChoice.AUTO)
        return cls(
            data.normalise(images).to(device),
            labels,
            _targets(request, labels, len(data.card.classes)),
            baselines(request.settings.baseline, images, data).to(device),
            data.normalise(data.train_images[:REFERENCES]).to(device) if len(data.train_images) else None,
            (unit_range(images) * 255).round().byte().permute(0, 2, 3, 1).contiguous().numpy(),
        )


def _explain(request: AttributionRequest, network: ResidualNetwork, asked: _Asked, report: Report) -> AttributionResult:
    return attribute(
        network,
        asked.images,
        asked.targets,
        request.methods,
        chosen_block(network.outline, request.block).name,
        shown=asked.shown,
        labels=asked.labels,
        settings=request.settings,
        baselines=asked.baselines,
        references=asked.references,
        report=report,
    )


def _explain_blocks(network: ResidualNetwork, asked: _Asked, report: Report) -> BlockMaps:
    return explain_blocks(
        network, asked.images, asked.targets, asked.baselines, shown=asked.shown, labels=asked.labels, report=report
    )


def baselines(kind: Baseline, images: Tensor, data: Dataset) -> Tensor:
    """Return N×C×H×W, normalised: for each picture the one that says nothing."""
    light = unit_range(images)
    if kind is Baseline.MEAN:
        return torch.zeros_like(light)
    if kind is Baseline.BLUR:
        width = light.shape[-1] / 8
        return data.normalise(gaussian_blur(light, 2 * round(1.5 * width) + 1, width))
    return data.normalise(torch.full_like(light, float(kind is Baseline.WHITE)))


def _targets(request: AttributionRequest, labels: npt.NDArray[np.int64], classes: int) -> Tensor | None:
    if request.target == "predicted":
        return None
    if request.target == "true":
        return torch.from_numpy(labels)
    if request.target >= classes:
        raise ValueError(f"target is {request.target}: the classes go from 0 to {classes - 1}.")
    return torch.full((len(labels),), request.target)
