"""The one small network h of the branch strength lab: plain data, so that page and worker take the same weights."""

import random

from pydantic import Field

from explorer.questions.spec import Spec

HIDDEN = 6
Matrix = tuple[tuple[float, ...], ...]


def _draw(rng: random.Random, rows: int, columns: int, size: float) -> Matrix:
    return tuple(tuple(rng.gauss(0, size) for _ in range(columns)) for _ in range(rows))


_RNG = random.Random(2)  # noqa: S311 - a drawing, not a secret
FIRST = _draw(_RNG, HIDDEN, 2, 1.0)
"""Weights from the plane to the hidden units."""
BIAS = _draw(_RNG, 1, HIDDEN, 0.5)[0]
SECOND = _draw(_RNG, 2, HIDDEN, 0.6)
"""Weights from the hidden units, after tanh, to the plane."""


class StrengthSpec(Spec):
    """The gradient of ½‖x + αh(x) − t‖² by x at one point."""

    alpha: float = Field(ge=-2, le=2)
    x: tuple[float, float]
    t: tuple[float, float]
