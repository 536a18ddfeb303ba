"""What the identity lab says."""

from collections.abc import Sequence

import numpy as np

from explorer.drawing.numbers import spoken, tex
from explorer.labs.identity import figure as figures
from explorer.labs.identity.compute import identity_weights, spared, through
from explorer.labs.identity.result import IdentityLearned
from explorer.labs.identity.spec import STEPS
from explorer.labs.lab import Lab, Try
from explorer.specs.control import Number, Switch

BLOCKS = Number("identity_blocks", "Blocks in a row", 4, low=1, high=32)
SCALE = Number("identity_scale", "Size of the branches at the start", 0.5, low=0.0, high=1.0, step=0.05)
BIASES = Switch("identity_biases", "Biases", True)
SEED = Number("identity_seed", "Seed", 0, low=0, high=999)
LEVEL = 0.01


def _try(label: str, see: str, blocks: int, scale: float, *, biases: bool = True) -> Try:
    return Try(label, see, {BLOCKS: blocks, SCALE: scale, BIASES: biases, SEED: 0})


def _card(scheme: str) -> object:
    """A line through one to three random relu blocks."""
    rng, x = np.random.default_rng(1), np.linspace(-2, 2, 41)
    line = np.stack([x, np.zeros_like(x)], axis=1)
    first, second = rng.standard_normal((2, 4, 2))
    layers = [through(line, first, second.T / 2, blocks, shortcut=False)[:, 0] for blocks in (1, 2, 3)]
    return figures.card(x, layers, scheme)


LAB = Lab(
    __name__,
    question="How hard is it to do nothing?",
    words=(
        "A deeper network could copy a shallower one and let its extra layers do nothing. Blocks of relu layers *can* return what "
        "they are given: $x = \\mathrm{relu}(x) - \\mathrm{relu}(-x)$. But they must find it. With a shortcut, doing nothing "
        "means a branch of zero. Both stacks are trained on the same vectors."
    ),
    tries=(
        _try("32 blocks", "Small branches: the errors start alike, and plain keeps its own.", 32, 0.1),
        _try("One block, no biases", "Plain finds an answer that is exact, and overtakes.", 1, 0.5, biases=False),
        _try("Branches that start at zero", "The residual stack is the identity before training.", 8, 0.0),
    ),
    source="Document 001; He et al. 2015, arXiv:1512.03385, sections 1 and 3.1.",
    leaves_out="Normalisation and pictures. Whether trained residual blocks are close to zero is Explore's and Dissect's question.",
    card=_card,
    leads_to=("zero_start", "correction"),
)


def finding(results: Sequence[IdentityLearned]) -> str:
    """Return in words how far each stack came."""
    return f"After {STEPS} steps the error is {' and '.join(_came(one) for one in results)}"


def formula(results: Sequence[IdentityLearned]) -> str:
    """Return what both are asked for, with the errors they ended with."""
    plain, residual = (tex(one.errors[-1]) if one.errors else r"\infty" for one in results)
    first, second = identity_weights(1)
    exact = float(through(np.array([[-1.0]]), first, second, 3, shortcut=False)[0, 0])
    return (
        rf"\text{{A: }} W_2\,\mathrm{{relu}}(W_1 x) \to x:\ {plain} \qquad \text{{B: }} "
        rf"x + W_2\,\mathrm{{relu}}(W_1 x) \to x:\ {residual} \qquad \mathrm{{relu}}(-1) - \mathrm{{relu}}(1) = {exact:g}"
    )


def _came(one: IdentityLearned) -> str:
    name = figures.NAMES[int(one.shortcut)]
    if len(one.errors) < STEPS:
        return f"not finite in {name} (from step {len(one.errors)})"
    reached = spared(np.array(one.errors), LEVEL)
    when = "never below 0.01" if reached is None else f"below 0.01 from step {reached}"
    return f"{spoken(one.errors[-1])} in {name} ({when})"
