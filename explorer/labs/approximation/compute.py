"""A function that is close to the identity or far from it, and what is left of it once x is taken away."""

import numpy as np

from explorer.labs import Array
from explorer.labs.approximation.spec import POINTS, SPAN, wanted


def line() -> Array:
    """Return the points that are learned."""
    return np.linspace(-SPAN, SPAN, POINTS)


def function(x: Array, slope: float, wiggle: float) -> Array:
    """Return f at x."""
    return np.array([wanted(float(point), slope, wiggle) for point in x])


def sizes(slope: float, wiggle: float) -> tuple[float, float]:
    """Return the root mean squares of f and of r = f − x over the line: how much there is to learn either way."""
    x = line()
    f = function(x, slope, wiggle)
    return float(np.sqrt(np.mean(f**2))), float(np.sqrt(np.mean((f - x) ** 2)))
