"""What the lab of the correction that is left says."""

from collections.abc import Sequence

import numpy as np

from explorer.labs import Array
from explorer.labs.correction import figure as figures
from explorer.labs.correction.compute import grid, moved, right_on_grid
from explorer.labs.correction.result import Correction
from explorer.labs.correction.spec import SNAPSHOTS, drawn_points, true_boundary
from explorer.labs.lab import Lab, Try
from explorer.specs.control import Choice, Number

STEP = Choice("correction_step", "Step of training", 50, options=SNAPSHOTS)
WIGGLE = Number("correction_wiggle", "Wiggle of the boundary", 0.4, low=0.0, high=1.0, step=0.05)
SEED = Number("correction_seed", "Seed", 0, low=0, high=99)


def _try(label: str, see: str, wiggle: float, step: int) -> Try:
    return Try(label, see, {WIGGLE: wiggle, STEP: step, SEED: 0})


def plane(wiggle: float, seed: int, shown: int) -> figures.Plane:
    """Return the plane with the first so many points."""
    marks, (places, labels) = grid()[0], drawn_points(wiggle, seed)
    boundary = np.array([true_boundary(float(mark), wiggle) for mark in marks])
    return figures.Plane(marks, boundary, np.array(places[:shown]), labels[:shown])


LAB = Lab(
    __name__,
    question="Who is quicker: all of the mapping, or what is left of it?",
    words=(
        "Points are to be moved so that their second coordinate tells their class. They lie almost right: the true boundary is "
        "a line with a wiggle. The identity alone decides most of them. The full mapping $y = F(x)$ must learn even that; the "
        "residual one, $y = x + F(x)$, only the correction. Move the step to watch both learn."
    ),
    tries=(
        _try("Before training", "Small weights: F says nearly nothing; x says much.", 0.4, 0),
        _try("Halfway through training", "Whose region follows the wiggle?", 0.4, 100),
        _try("Far from the identity", "A large wiggle, after 50 steps.", 1.0, 50),
    ),
    source="Document 004, learn what is left to learn; He et al. 2015, arXiv:1512.03385, section 3.1.",
    leaves_out="Tasks where the identity is a bad beginning: there, a shortcut helps this less.",
    card=lambda scheme: figures.card(plane(0.4, 0, 120), scheme),
    leads_to=("approximation", "zero_start"),
)


def seconds(results: Sequence[Correction], step: int) -> list[Array]:
    """Return the second coordinates over the grid: of the identity, then of both networks after a step of SNAPSHOTS."""
    points = grid()[1]
    told = [points[:, 1]]
    for one in results:
        kept = one.snapshots[SNAPSHOTS.index(step)]
        weights = (np.array(kept.first), np.array(kept.bias), np.array(kept.second))
        told.append(moved(points, *weights, shortcut=one.shortcut)[:, 1])
    return told


def finding(told: Sequence[Array], wiggle: float, step: int) -> str:
    """Return in words what share of the square each mapping decides rightly."""
    shares = [right_on_grid(values, wiggle) for values in told]
    words = ", ".join(f"{share:.1%} by {name}" for share, name in zip(shares, ("the identity", *figures.NAMES), strict=True))
    return f"After {step} steps the square is decided rightly for {words}"


def formula(told: Sequence[Array]) -> str:
    """Return both mappings, and how far each moves points on average."""
    identity, full, residual = told
    sizes = [float(np.sqrt(np.mean((values - identity) ** 2))) for values in (full, residual)]
    return (
        rf"y = F(x):\ \lVert y_2 - x_2 \rVert = {sizes[0]:.3g} \qquad y = x + F(x):\ \lVert y_2 - x_2 \rVert = "
        rf"\lVert F_2 \rVert = {sizes[1]:.3g}"
    )
