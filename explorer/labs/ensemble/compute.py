"""A sum of weak learners: what each block adds to an answer, and boosting on a line."""

from base64 import b64decode

import numpy as np

from explorer.labs import Array


def added(logits: Array) -> Array:
    """Return what every block adds to every class, L × classes, from (L + 1) × classes after 0, 1, … L blocks."""
    return np.asarray(np.diff(logits, axis=0))


def raster(encoded: str, shape: tuple[int, int, int]) -> Array:
    """Return a picture of rows of bytes, H×W×C, as base64, as H×W×C in 0..1, or H×W if it is grey; `shape` is C×H×W."""
    channels, *size = shape
    return np.frombuffer(b64decode(encoded), np.uint8).reshape(*size, channels).squeeze() / 255


def boosted(x: Array, y: Array, count: int) -> list[Array]:
    """Return the sums of 0, 1, … `count` steps fitted to y, each step, one value left of a place and one right, to what is left."""
    sums = [np.zeros_like(y)]
    for _ in range(count):
        left = y - sums[-1]
        steps = [np.where(x < place, left[x < place].mean(), left[x >= place].mean()) for place in x[1:]]
        best = min(steps, key=lambda step, left=left: float(((left - step) ** 2).sum()))  # type: ignore[misc]
        sums.append(sums[-1] + best)
    return sums
