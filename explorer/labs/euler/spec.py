"""Two spirals in the plane, and how two small networks learn to tell them apart."""

import math
import random

from pydantic import Field

from explorer.questions.spec import Spec

POINTS = 150
"""Of each spiral."""
STEP, LAYERS, HIDDEN = 0.2, 10, 32
"""What the networks are trained with: step size h, layers, hidden units of F."""


def two_spirals(seed: int = 0) -> tuple[tuple[tuple[float, float], ...], tuple[int, ...]]:
    """Return 300 points of one turn each, the second spiral half a turn ahead, and which spiral each belongs to."""
    rng = random.Random(seed)  # noqa: S311 - a drawing, not a secret
    places, labels = [], []
    for number in range(POINTS):
        along = 0.15 + 0.85 * number / (POINTS - 1)
        for label in (0, 1):
            angle = 2 * math.pi * along + math.pi * label
            places.append(tuple(2 * along * turn(angle) + rng.gauss(0, 0.04) for turn in (math.cos, math.sin)))
            labels.append(label)
    return tuple((across, up) for across, up in places), tuple(labels)


class SpiralsSpec(Spec):
    """A residual and an implicit network trained on two spirals."""

    steps: int = Field(default=400, ge=1, le=2000)
    """Of training, all points at a time."""
