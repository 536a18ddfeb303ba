"""A stack of relu layers as the identity: it can be, for there are weights that do it."""

import numpy as np

from explorer.labs import Array


def identity_weights(width: int) -> tuple[Array, Array]:
    """Return W₁ (2·width × width) and W₂ with W₂ relu(W₁x) = x for every x: relu(x) − relu(−x) = x."""
    one = np.eye(width)
    return np.concatenate([one, -one]), np.concatenate([one, -one], axis=1)


def through(x: Array, first: Array, second: Array, blocks: int, *, shortcut: bool) -> Array:
    """Return what `blocks` equal blocks, each W₂ relu(W₁x) and with a shortcut x besides, make of vectors N × width."""
    for _ in range(blocks):
        branch = np.maximum(x @ first.T, 0) @ second.T
        x = x + branch if shortcut else branch
    return x


def spared(errors: Array, level: float) -> int | None:
    """Return the first step at which an error is below a level, or None."""
    below = np.flatnonzero(errors < level)
    return int(below[0]) if len(below) else None
