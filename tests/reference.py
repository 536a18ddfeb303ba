"""Slow, obvious versions of what the project computes fast."""

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from explorer.networks import ResidualBlock, ResidualNetwork


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


def split_of_block(block: ResidualBlock, x: Tensor, arriving: Tensor) -> tuple[Tensor, Tensor]:
    """What of the gradient came over the shortcut and what through the branch: each with the other held constant."""
    x = x.detach().requires_grad_()

    def output(branch: Tensor, carried: Tensor | None) -> Tensor:
        total = branch if carried is None else branch + carried
        return torch.relu(total) if block.rectified else total

    entry = block.entry(x)
    branch = block.branch(entry)
    carried = None if block.shortcut is None else block.shortcut(entry if block.reads_entry else x)
    [through] = torch.autograd.grad(output(branch, None if carried is None else carried.detach()), x, arriving, retain_graph=True)
    if carried is None:
        return torch.zeros_like(x), through
    [over] = torch.autograd.grad(output(branch.detach(), carried), x, arriving)
    return over, through


def crop_flip_one(image: Tensor, row: int, column: int, flip: bool) -> Tensor:
    """One picture, padded black, cropped and flipped by slicing."""
    channels, height, width = image.shape
    pad = height // 8
    padded = image.new_zeros(channels, height + 2 * pad, width + 2 * pad)
    padded[:, pad : pad + height, pad : pad + width] = image
    cropped = padded[:, row : row + height, column : column + width]
    return cropped.flip(2) if flip else cropped
