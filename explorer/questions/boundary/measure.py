"""The option-A microscope: what of a block's input arrives at its sum over the shortcut (He et al. 2015, section 3.3)."""

import copy

import torch
from torch import Tensor

from explorer.networks import ResidualNetwork
from explorer.networks.taps import Taps
from explorer.questions.boundary.result import Boundary, Channels

MOST = 64
"""Channels that are shown."""


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
