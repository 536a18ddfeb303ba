"""A network's blocks one by one: what is right after each, which way each pushes, and what is lost without it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from explorer.labs import Array


@dataclass(frozen=True)
class Block:
    """V tanh(Wx + b)."""

    first: Array
    bias: Array
    second: Array

    def __call__(self, x: Array) -> Array:
        """Return the branch's output for vectors N × width."""
        return np.asarray(np.tanh(x @ self.first.T + self.bias) @ self.second.T)


@dataclass(frozen=True)
class Network:
    """Blocks in a row, with or without shortcuts, and a linear read-out whose logit is positive for the second class."""

    blocks: tuple[Block, ...]
    readout: Array
    offset: float
    shortcut: bool

    def altered(self, missing: int = 0, swapped: tuple[int, int] = (1, 1)) -> "Network":
        """Return the network with two blocks exchanged, then one taken away; blocks count from 1, 0 takes none away."""
        order = list(range(len(self.blocks)))
        one, other = swapped[0] - 1, swapped[1] - 1
        order[one], order[other] = order[other], order[one]
        kept = tuple(self.blocks[place] for number, place in enumerate(order, start=1) if number != missing)
        return Network(kept, self.readout, self.offset, self.shortcut)


@dataclass(frozen=True)
class Account:
    """What each block of a network does; arrays over the blocks."""

    right: Array
    """Share of points that the read-out gets right after 0, 1, … blocks."""
    downhill: Array
    """Mean cosine between what a block adds and −∂E/∂x, E the loss if the read-out stood before the block."""


def padded(points: Array, width: int) -> Array:
    """Return points N×2 as vectors N × width, zeros behind."""
    return np.concatenate([points, np.zeros((len(points), width - 2))], axis=1)


def account(network: Network, points: Array, labels: Array) -> Account:
    """Return what each block does with these points, N×2, of classes 0 and 1."""
    x = padded(points, len(network.readout))
    right, downhill = [_right(network, x, labels)], []
    for block in network.blocks:
        out = block(x)
        after = x + out if network.shortcut else out
        wanted = pseudo_residuals(network, x, labels)
        sizes = np.linalg.norm(after - x, axis=1) * np.linalg.norm(wanted, axis=1)
        products = ((after - x) * wanted).sum(axis=1)
        downhill.append(float(np.mean(np.divide(products, sizes, out=np.zeros_like(sizes), where=sizes > 0))))
        x = after
        right.append(_right(network, x, labels))
    return Account(np.array(right), np.array(downhill))


def pseudo_residuals(network: Network, x: Array, labels: Array) -> Array:
    """Return −∂E/∂x of the cross-entropy of the read-out at x, N × width: what boosting would fit next."""
    return np.outer(labels - 1 / (1 + np.exp(-_logits(network, x))), network.readout)


def without_each(network: Network, points: Array, labels: Array) -> Array:
    """Return the share of points that is right without block 1, 2, …"""
    numbers: Sequence[int] = range(1, len(network.blocks) + 1)
    return np.array([account(network.altered(missing=number), points, labels).right[-1] for number in numbers])


def boosted(x: Array, y: Array, count: int) -> list[Array]:
    """Return the sums of 0, 1, … `count` steps fitted to y, each step, one value left of a place and one right, to what is left."""
    sums = [np.zeros_like(y)]
    for _ in range(count):
        left = y - sums[-1]
        steps = [np.where(x < place, left[x < place].mean(), left[x >= place].mean()) for place in x[1:]]
        best = min(steps, key=lambda step, left=left: float(((left - step) ** 2).sum()))  # type: ignore[misc]
        sums.append(sums[-1] + best)
    return sums


def _logits(network: Network, x: Array) -> Array:
    return np.asarray(x @ network.readout + network.offset)


def _right(network: Network, x: Array, labels: Array) -> float:
    return float(np.mean((_logits(network, x) > 0) == (labels > 0)))
