"""Which function narrow, deep networks learn: one that is close to the identity, or far from it."""

import math

from pydantic import Field

from explorer.questions.spec import Spec

POINTS, STEPS, SPAN = 101, 400, 2.0
"""Points of the line from −SPAN to SPAN that are learned, and steps of training."""


def wanted(x: float, slope: float, wiggle: float) -> float:
    """Return f(x) = slope · x + wiggle · sin 3x."""
    return slope * x + wiggle * math.sin(3 * x)


def parameters(blocks: int, units: int) -> int:
    """Return how many numbers such a network learns: two weights and a bias a unit, and a bias a block."""
    return blocks * (3 * units + 1)


def wide_units(blocks: int, units: int) -> int:
    """Return how many units one block needs to have as many parameters as so many narrow ones, as nearly as can be."""
    return round((parameters(blocks, units) - 1) / 3)


class ApproximationSpec(Spec):
    """Four networks that learn f: plain, residual, plain learning only r = f − x, and one wide residual block."""

    slope: float = Field(default=1, ge=-1, le=1)
    """1 is near the identity, −1 as far as it goes."""
    wiggle: float = Field(default=0.3, ge=0, le=1)
    blocks: int = Field(default=4, ge=1, le=12)
    units: int = Field(default=4, ge=1, le=8)
    """Tanh units of a block; between blocks there is one number."""
    seed: int = Field(default=0, ge=0, le=999)
