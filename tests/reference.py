"""Slow, obvious versions of what the project computes fast."""

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from explorer.networks import ResidualNetwork


def textbook_step(
    network: ResidualNetwork, optimiser: torch.optim.Optimizer, images: Tensor, labels: Tensor
) -> tuple[float, list[float]]:
    """Loss and the norm of every weighted layer's gradient, one call a layer; NCHW, no fusion."""
    network.train()
    optimiser.zero_grad()
    loss = cross_entropy(network(images.contiguous()), labels)
    loss.backward()
    norms = [float(network.get_submodule(layer.name).weight.grad.norm()) for layer in network.outline.weighted_layers]
    optimiser.step()
    return loss.item(), norms


def crop_flip_one(image: Tensor, row: int, column: int, flip: bool) -> Tensor:
    """One picture, padded black, cropped and flipped by slicing."""
    channels, height, width = image.shape
    pad = height // 8
    padded = image.new_zeros(channels, height + 2 * pad, width + 2 * pad)
    padded[:, pad : pad + height, pad : pad + width] = image
    cropped = padded[:, row : row + height, column : column + width]
    return cropped.flip(2) if flip else cropped
