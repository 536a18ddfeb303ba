"""A linear residual network whose branches start at zero, learning a matrix step by step: every block takes a share."""

from dataclasses import dataclass

import numpy as np

from explorer.labs import Array

FAR = 1e6
"""A loss above this has left for good."""


@dataclass(frozen=True)
class Course:
    """Gradient descent on ½‖(I + W_L) ⋯ (I + W_1) − A‖²; a run that leaves for good ends early."""

    weights: Array
    """(steps + 1) × L × 2 × 2: W_1 first, as they were before every step and after the last."""
    losses: Array
    """steps + 1."""

    @property
    def sizes(self) -> Array:
        """Norms of every block's W, (steps + 1) × L."""
        return np.asarray(np.linalg.norm(self.weights, axis=(2, 3)))


def target(angle: float, stretch: float) -> Array:
    """Return the matrix to learn: a stretch of the first axis, then a turn by `angle` degrees."""
    turn = np.deg2rad(angle)
    rotation = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    return np.asarray(rotation @ np.diag([stretch, 1.0]))


def learn(wanted: Array, blocks: int, rate: float, steps: int, noise: float = 0.0, seed: int = 0) -> Course:
    """Return how the blocks learn; they start at zero, or with `noise` times standard normal numbers."""
    weights = noise * np.random.default_rng(seed).standard_normal((blocks, 2, 2))
    told, losses = [weights], [loss(weights, wanted)]
    for _ in range(steps):
        weights = weights - rate * gradients(weights, wanted)
        if not loss(weights, wanted) < FAR:
            break
        told.append(weights)
        losses.append(loss(weights, wanted))
    return Course(np.array(told), np.array(losses))


def loss(weights: Array, wanted: Array) -> float:
    """Return ½‖(I + W_L) ⋯ (I + W_1) − A‖²."""
    return float(((after_each(weights)[-1] - wanted) ** 2).sum() / 2)


def after_each(weights: Array) -> Array:
    """Return the product of the first 0, 1, … L blocks, (L + 1) × 2 × 2."""
    told = [np.eye(2)]
    for block in weights:
        told.append(told[-1] + block @ told[-1])
    return np.array(told)


def gradients(weights: Array, wanted: Array) -> Array:
    """Return the loss's gradient by every block, L × 2 × 2."""
    before = after_each(weights)
    back = before[-1] - wanted
    told = []
    for block, entry in zip(weights[::-1], before[-2::-1], strict=True):
        told.append(back @ entry.T)
        back = back + block.T @ back
    return np.array(told[::-1])


def shares(weights: Array, wanted: Array) -> Array:
    """Return each block's share of what is to be learned, in parts of one: how much of A − I it adds at its place."""
    total = wanted - np.eye(2)
    added = np.diff(after_each(weights), axis=0)
    return np.asarray((added * total).sum(axis=(1, 2)) / (total**2).sum())
