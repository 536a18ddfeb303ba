"""What measures of attribution are given: the same pictures for every network that is asked about."""

from collections.abc import Callable
from dataclasses import dataclass
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
from explorer.questions.attribution.methods.spec import AttributionSpec, Baseline
from explorer.questions.given import Given, Report
from explorer.specs import DeviceChoice, settings
from explorer.specs.pretrained import pretrained_specs
from explorer.training.device import resolve_device

Found = TypeVar("Found")
REFERENCES = 16
"""Training pictures that gradient SHAP measures against, the first ones."""


@dataclass(frozen=True, slots=True)
class Pictures:
    """What a spec is about, on the device to compute on."""

    images: Tensor
    """N×C×H×W, normalised."""
    labels: npt.NDArray[np.int64]
    """N, -1 for an upload."""
    targets: Tensor | None
    """N class numbers, None for each network's own answers."""
    baselines: Tensor
    references: Tensor | None
    shown: npt.NDArray[np.uint8]

    @classmethod
    def of(cls, spec: AttributionSpec, file: bytes, data: Dataset) -> "Pictures":
        """Return the pictures of a spec, of the test set or of the file; raises ValueError, one sentence for the page."""
        images, labels = _chosen(spec, file, data)
        device = resolve_device(DeviceChoice.AUTO)
        return cls(
            data.normalise(images).to(device),
            labels,
            _targets(spec, labels, len(data.card.classes)),
            baselines(spec.settings.baseline, images, data).to(device),
            data.normalise(data.train_images[:REFERENCES]).to(device) if len(data.train_images) else None,
            shown(images),
        )


def each(spec: AttributionSpec, given: Given, explain: Callable[[ResidualNetwork, Pictures, Report], Found]) -> tuple[Found, ...]:
    """Return what `explain` finds on each network that is asked about: trained here, or torchvision's."""
    if not spec.pretrained:
        return given.each(spec, lambda network, data, report: explain(network, Pictures.of(spec, given.file, data), report))
    given.report(0, "pictures")
    networks, pictures = [pretrained_specs()[name] for name in spec.runs], Pictures.of(spec, given.file, imagenet())
    parts = given.parts([network.title for network in networks])
    return tuple(
        explain(pretrained(network, settings().weights_path, part), pictures, part)
        for network, part in zip(networks, parts, strict=True)
    )


def shown(images: Tensor) -> npt.NDArray[np.uint8]:
    """Return N×H×W×C for the eye, from N×C×H×W in a dataset's own format."""
    return (unit_range(images) * 255).round().byte().permute(0, 2, 3, 1).contiguous().numpy()


def baselines(kind: Baseline, images: Tensor, data: Dataset) -> Tensor:
    """Return N×C×H×W, normalised: for each picture the one that says nothing."""
    light = unit_range(images)
    if kind is Baseline.MEAN:
        return torch.zeros_like(light)
    if kind is Baseline.BLUR:
        width = light.shape[-1] / 8
        return data.normalise(gaussian_blur(light, 2 * round(1.5 * width) + 1, width))
    return data.normalise(torch.full_like(light, float(kind is Baseline.WHITE)))


def _chosen(spec: AttributionSpec, file: bytes, data: Dataset) -> tuple[Tensor, npt.NDArray[np.int64]]:
    """N×C×H×W in the dataset's own format, and N labels."""
    if spec.images == "upload":
        return decode(file, data.card), np.array([-1])
    if max(spec.images) >= len(data.test_images):
        raise ValueError(f"images names picture {max(spec.images)}: the test set has {len(data.test_images)}.")
    chosen = torch.tensor(spec.images)
    return data.test_images[chosen], data.test_labels[chosen].numpy()


def _targets(spec: AttributionSpec, labels: npt.NDArray[np.int64], classes: int) -> Tensor | None:
    if spec.target == "predicted":
        return None
    if spec.target == "true":
        return torch.from_numpy(labels)
    if spec.target >= classes:
        raise ValueError(f"target is {spec.target}: the classes go from 0 to {classes - 1}.")
    return torch.full((len(labels),), spec.target)
