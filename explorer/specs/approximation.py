"""The question how well narrow, deep networks learn a function that is close to the identity."""

import math

from pydantic import Field

from explorer.specs.labs import LabQuestion

POINTS, STEPS, SPAN = 101, 400, 2.0
"""Points of the line from −SPAN to SPAN that are learned, and steps of training."""


def wanted(x: float, wiggle: float) -> float:
    """Return f(x) = x + wiggle · sin 3x."""
    return x + wiggle * math.sin(3 * x)


class ApproximationQuestion(LabQuestion):
    """Ask for three networks that learn f: plain, residual, and plain learning only r = f − x."""

    wiggle: float = Field(default=0.3, ge=0, le=1)
    blocks: int = Field(default=4, ge=1, le=12)
    units: int = Field(default=4, ge=1, le=8)
    """Tanh units of a block; between blocks there is one number."""
    seed: int = Field(default=0, ge=0, le=999)
