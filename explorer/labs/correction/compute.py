"""Maps of the plane whose second coordinate tells a point's class: the identity, a full mapping, a residual one."""

import numpy as np

from explorer.labs import Array
from explorer.labs.correction.spec import SIDE, true_boundary

GRID = 61
"""Points on a side of the grid on which decisions are drawn."""


def grid() -> tuple[Array, Array]:
    """Return the coordinates of the grid's lines, and all its points row by row, upwards, N×2."""
    marks = np.linspace(-SIDE, SIDE, GRID)
    across, up = np.meshgrid(marks, marks)
    return marks, np.stack([across.ravel(), up.ravel()], axis=1)


def moved(points: Array, first: Array, bias: Array, second: Array, *, shortcut: bool) -> Array:
    """Return V tanh(Wx + b) for points N×2, with x added if there is a shortcut."""
    out = np.tanh(points @ first.T + bias) @ second.T
    return np.asarray(points + out if shortcut else out)


def right_on_grid(second: Array, wiggle: float) -> float:
    """Return the share of the grid on which a second coordinate, one a grid point, tells the true class."""
    points = grid()[1]
    truth = np.array([up > true_boundary(across, wiggle) for across, up in points])
    return float(np.mean((second > 0) == truth))
