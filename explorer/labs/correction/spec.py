"""Points close to the right side of a boundary already, of which the correction that is left is learned."""

import math
import random

from pydantic import Field

from explorer.questions.spec import Spec

POINTS, HIDDEN, SIDE = 400, 16, 2.0
"""Points that are learned, tanh units, and half the side of the square that they lie in."""
SNAPSHOTS = (0, 2, 5, 10, 20, 50, 100, 200)
"""Steps of training after which the networks are looked at."""
SHARPNESS = 4.0
"""The logit is this many times the second coordinate."""


class CorrectionSpec(Spec):
    """Two networks that move points of the plane so that the second coordinate tells their class."""

    wiggle: float = Field(default=0.4, ge=0, le=1)
    """How far the true boundary is from a straight line."""
    seed: int = Field(default=0, ge=0, le=99)


def true_boundary(x: float, wiggle: float) -> float:
    """Return the second coordinate above which a point of this first coordinate is of class 1."""
    return wiggle * math.sin(2.5 * x)


def drawn_points(wiggle: float, seed: int) -> tuple[tuple[tuple[float, float], ...], tuple[int, ...]]:
    """Return points, evenly spread in the square, and their classes."""
    rng = random.Random(seed)  # noqa: S311 - a drawing, not a secret
    places = tuple((rng.uniform(-SIDE, SIDE), rng.uniform(-SIDE, SIDE)) for _ in range(POINTS))
    return places, tuple(int(up > true_boundary(across, wiggle)) for across, up in places)
