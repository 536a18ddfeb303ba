"""What the lab of branches that start at zero says."""

import numpy as np

from explorer.figures import zero_start as figures
from explorer.figures.number import spoken, tex
from explorer.labs.zero_start import Course, learn, shares, target
from explorer.ui.labs.frame import Lab, Try

STRETCH, STEPS, SEED = 1.6, 100, 0
RATE = 0.1
"""Learning rate of a network of one block; it is divided by the number of blocks."""
ALIKE = 0.001
"""Blocks whose weights differ by less than this share of the largest norm are called alike."""


def course(blocks: int, angle: float, noise: float) -> Course:
    """Return how this many blocks learn a stretch and a turn."""
    return learn(target(angle, STRETCH), blocks, RATE / blocks, STEPS, noise, SEED)


def _try(label: str, see: str, blocks: int, angle: int, noise: float) -> Try:
    values = {"blocks": blocks, "angle": angle, "noise": noise, "step": 20}
    return Try(label, see, {f"zero_start_{name}": value for name, value in values.items()})


LAB = Lab(
    name="zero_start",
    question="Who learns what, if all branches start at zero?",
    words=(
        "Every block adds $W_l x$ to its input, and all $W_l$ start at zero: the network begins as the identity. It is to learn "
        "one matrix $A$, a stretch and a turn. Gradient descent gives every block the same first push, and each takes its share; "
        "move the step to watch."
    ),
    tries=(
        _try("Eight blocks, half a right angle", "Equal blocks; later ones add a little more.", 8, 45, 0.0),
        _try("A start that is not zero", "Noise parts the blocks; together they do the same.", 8, 45, 0.2),
        _try("Half a turn", "From zero there is no way: the turn could go left or right.", 4, 180, 0.0),
    ),
    source="Document 004, the linear case; Hardt and Ma 2017, *Identity Matters in Deep Learning*, arXiv:1611.04231, section 2.",
    leaves_out="Nonlinearity and data: the loss compares matrices, as infinitely many uncorrelated inputs would.",
    card=lambda scheme: figures.card(course(6, 60, 0.0).weights[-1], target(60, STRETCH), scheme),
    leads_to=("euler", "ensemble"),
)


def finding(told: Course, angle: float, step: int) -> str:
    """Return in words the loss at a step and how equal the blocks are."""
    step = min(step, len(told.losses) - 1)
    sizes = told.sizes[step]
    words = (
        f"At step {step} the loss is {spoken(float(told.losses[step]))} of {spoken(float(told.losses[0]))} at the start"
    )
    if step == 0 or sizes.max() == 0:
        return f"{words}: the network is the identity" if sizes.max() == 0 else words
    parts = 100 * shares(told.weights[step], target(angle, STRETCH))
    apart = np.ptp(told.weights[step], axis=0).max() / sizes.max()
    equal = "all blocks are alike" if apart < ALIKE else f"blocks differ by up to {100 * apart:.0f} % of the largest"
    return f"{words}; {equal}, their shares go from {spoken(float(parts.min()))} to {spoken(float(parts.max()))} %"


def formula(told: Course, step: int) -> str:
    """Return the product with the norm of its blocks at a step."""
    step = min(step, len(told.losses) - 1)
    blocks, sizes = told.weights.shape[1], told.sizes[step]
    return (
        rf"(I + W_{{{blocks}}}) \cdots (I + W_1) \to A \qquad \lVert W_l \rVert = {tex(float(sizes.min()))} \ldots "
        rf"{tex(float(sizes.max()))} \qquad \tfrac12\lVert \textstyle\prod(I + W_l) - A \rVert^2 = {tex(float(told.losses[step]))}"
    )
