"""The option-A microscope: what of a block's input arrives at its sum over the shortcut (He et al. 2015, section 3.3)."""

import copy

import torch
from torch import Tensor

from explorer.datasets import Dataset
from explorer.datasets.picture import decode
from explorer.networks import ResidualNetwork
from explorer.networks.taps import Taps
from explorer.questions.boundary.result import Boundary, Channels
from explorer.questions.boundary.spec import BoundarySpec
from explorer.questions.given import Given, Report

MOST = 64
"""Channels that are shown."""


def measure(spec: BoundarySpec, given: Given) -> tuple[Boundary, ...]:
    """Return one Boundary a run; raises ValueError, one sentence, where there is no such picture."""

    def look(network: ResidualNetwork, data: Dataset, _report: Report) -> Boundary:
        picture, label = _picture(spec, given.file, data)
        device = next(network.parameters()).device
        return boundary(network, data.normalise(picture.to(device))[0], label, spec.stage)

    return given.each(spec, look)


def _picture(spec: BoundarySpec, file: bytes, data: Dataset) -> tuple[Tensor, int]:
    """1×C×H×W in the dataset's own format, and its class."""
    if spec.image == "upload":
        return decode(file, data.card), -1
    if spec.image >= len(data.test_images):
        raise ValueError(f"image is {spec.image}: the test set has pictures 0 to {len(data.test_images) - 1}.")
    return data.test_images[spec.image][None], int(data.test_labels[spec.image])


@torch.no_grad()
def boundary(network: ResidualNetwork, image: Tensor, label: int, stage: int) -> Boundary:
    """Return both sides of the shortcut of a stage's first block; image C×H×W normalised, evaluation mode."""
    private = copy.deepcopy(network).eval()
    seen: list[Taps] = []
    private(image[None], seen.append)
    place = next(place for place, block in enumerate(network.outline.blocks) if block.stage == stage)
    block, taps = network.outline.blocks[place], seen[place]
    carried = None if taps.carried is None else taps.carried[0]
    nothing = [] if carried is None else carried.flatten(1).eq(0).all(dim=1).nonzero().flatten().tolist()
    return Boundary(
        block=block.name,
        shortcut=block.shortcut.kind,
        stride=block.input_shape[-1] // block.output_shape[-1],
        incoming=_shown(taps.x[0]),
        carried=None if carried is None else _shown(carried),
        incoming_channels=len(taps.x[0]),
        carried_channels=0 if carried is None else len(carried),
        zero_channels=tuple(nothing),
        label=label,
    )


def _shown(tensor: Tensor) -> Channels:
    return tuple(tuple(tuple(row) for row in channel) for channel in tensor[:MOST].tolist())
