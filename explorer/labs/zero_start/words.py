"""What the lab of branches that start at zero says."""

import numpy as np

from explorer.drawing.numbers import tex
from explorer.labs import Array
from explorer.labs.lab import Lab, Try
from explorer.labs.zero_start import figure as figures
from explorer.labs.zero_start.compute import Course, flow, learn, settled, starts, target
from explorer.specs.control import Choice, Number

STRETCHES = (2.0, 0.5)
STEPS, SEED, MOST = 600, 0, 8
RATE = 0.03
"""Learning rate of a network of one block; it is divided by the number of blocks."""
SIZES = (0.0, 0.01, 0.02, 0.05, 0.1, 0.2)
"""Starts of W_l, times I; with more, or with more blocks, descent would not follow the flow."""
NEAR = 0.1
"""A mode within this share of what is wanted is called learned."""

STEP = Number("zero_start_step", "Step of learning", 30, low=0, high=STEPS, step=5)
BLOCKS = Number("zero_start_blocks", "Blocks", 4, low=1, high=MOST)
TURN = Number("zero_start_angle", "Turn to learn, degrees", 0, low=0, high=180, step=5)
SIZE = Choice("zero_start_size", "Every W starts at (times I)", 0.0, options=SIZES)
NOISE = Number("zero_start_noise", "Noise in the start", 0.0, low=0.0, high=0.3, step=0.05)

BOTH = "learns the strong stretch"


def course(blocks: int, angle: float, size: float = 0.0, noise: float = 0.0) -> Course:
    """Return how so many blocks learn two stretches and a turn, plain and residual."""
    return learn(starts(blocks, size, noise, SEED), target(angle, STRETCHES), RATE / blocks, STEPS)


def flows(blocks: int, angle: float, size: float, noise: float) -> tuple[Array, ...]:
    """Return the closed-form modes of plain and residual, (steps + 1) × 2 each, or nothing where there is no closed form."""
    if noise or angle not in {0, 180}:
        return ()
    sign, times = 1 if angle == 0 else -1, np.arange(STEPS + 1) * RATE / blocks
    return tuple(
        np.stack([sign * flow(start, sign * wanted, blocks, times) for wanted in STRETCHES], axis=1) for start in (size, 1 + size)
    )


def _try(label: str, see: str, step: int, blocks: int, angle: int, size: float) -> Try:
    return Try(label, see, {STEP: step, BLOCKS: blocks, TURN: angle, SIZE: size, NOISE: 0.0})


LAB = Lab(
    __name__,
    question="Who learns what, if all branches start at zero?",
    words=(
        "Each block multiplies by a matrix: $W_l$ in A, $I + W_l$ in B. Their product is to become $M$: stretch one axis to 2, the "
        "other to ½, and turn. If all $W_l$ start at zero, two or more blocks of A are stuck: each one's gradient has the others "
        "as factors. B starts as the identity; every block gets the same first push."
    ),
    tries=(
        _try("Plain from zero", "It never moves; eight equal residual blocks share the work.", 30, 8, 0, 0.0),
        _try("Plain from nearly zero", "One mode after the other; with shortcuts, both at once.", 100, 2, 0, 0.05),
        _try("Half a turn", "From zero there is no way: the turn could go left or right.", 100, 4, 180, 0.0),
    ),
    source=(
        "Document 004; Saxe et al. 2014, arXiv:1312.6120; Hardt and Ma 2017, arXiv:1611.04231; "
        "Bartlett et al. 2018, arXiv:1802.06093."
    ),
    leaves_out="Nonlinearity and data: the loss compares matrices, as infinitely many uncorrelated inputs would.",
    card=lambda scheme: figures.card(course(6, 60).factors[-1, 1], target(60, STRETCHES), scheme),
    leads_to=("euler", "ensemble"),
)


def finding(told: Course) -> str:
    """Return in words when each network has learned the two modes."""
    plain, residual = (_came(told, index) for index in (0, 1))
    if plain.startswith(BOTH) and residual.startswith(BOTH):
        residual = residual.replace(BOTH, "the strong", 1)
    return f"{figures.NAMES[0]} {plain}; {figures.NAMES[1]} {residual}"


def _came(told: Course, index: int) -> str:
    if (told.factors[:, index] == told.factors[0, index]).all():
        return "never moves"
    match settled(told.modes[:, index], np.array(STRETCHES), NEAR):
        case [None, None]:
            return "learns neither stretch"
        case [strong, None]:
            return f"learns only the strong stretch, by step {strong}"
        case [None, weak]:
            return f"learns only the weak stretch, by step {weak}"
        case [strong, weak]:
            return f"{BOTH} by step {strong}, the weak by step {weak}"
    raise AssertionError


def formula(told: Course, step: int) -> str:
    """Return both products with their losses at a step."""
    step = min(step, len(told.factors) - 1)
    blocks, (plain, residual) = told.factors.shape[2], (tex(float(one)) for one in told.losses[step])
    a, b = (rf"W_{{{blocks}}} \cdots W_1", rf"(I + W_{{{blocks}}}) \cdots (I + W_1)")
    if blocks == 1:
        a, b = "W_1", "I + W_1"
    return (
        rf"\text{{step }} {step}: \qquad \text{{A: }} \tfrac12\lVert {a} - M \rVert^2 = {plain} \qquad "
        rf"\text{{B: }} \tfrac12\lVert {b} - M \rVert^2 = {residual}"
    )


def drawn(flows_told: tuple[Array, ...]) -> str:
    """Return in words what is dotted."""
    if flows_told:
        return "Dotted: the gradient flow's closed form."
    return "No closed form: it needs 0 or 180° and no noise."
