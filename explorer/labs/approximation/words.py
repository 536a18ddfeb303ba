"""What the approximation lab says."""

from collections.abc import Sequence

from explorer.drawing.numbers import spoken, tex
from explorer.labs.approximation import figure as figures
from explorer.labs.approximation.compute import function, line, sizes
from explorer.labs.approximation.result import Approximation
from explorer.labs.approximation.spec import STEPS
from explorer.labs.lab import Lab, Try
from explorer.specs.control import Number

SLOPE = Number("approximation_slope", "Slope of f (1: near the identity)", 1.0, low=-1.0, high=1.0, step=0.1)
WIGGLE = Number("approximation_wiggle", "Wiggle of f", 0.3, low=0.0, high=1.0, step=0.05)
BLOCKS = Number("approximation_blocks", "Blocks", 4, low=1, high=12)
UNITS = Number("approximation_units", "Units in a block", 4, low=1, high=8)
SEED = Number("approximation_seed", "Seed", 0, low=0, high=999)


def _try(label: str, see: str, slope: float, wiggle: float, blocks: int, units: int) -> Try:
    return Try(label, see, {SLOPE: slope, WIGGLE: wiggle, BLOCKS: blocks, UNITS: units, SEED: 0})


LAB = Lab(
    __name__,
    question="Is it easier to learn only what is left of a function?",
    words=(
        "A network can come as close to any continuous function as one likes, says the theorem of universal approximation. "
        "To fit $f(x)$ with a shortcut is to fit the rest, $r(x) = f(x) - x$, which is small only if $f$ is close to the "
        "identity. A to C are narrow and deep: a single number goes from block to block. D is one wide block."
    ),
    tries=(
        _try("Far from the identity", "What is left is larger than f. Does the shortcut still help?", -1.0, 0.3, 4, 4),
        _try("Narrow and deep", "Two units a block, eight blocks, against one wide block.", 1.0, 0.3, 8, 2),
        _try("Exactly the identity", "Nothing is left to learn, but random branches must be unlearned.", 1.0, 0.0, 4, 4),
    ),
    source="Document 004; Hornik 1991 (the theorem); Lin and Jegelka 2018, arXiv:1806.10909 (narrow residual networks).",
    leaves_out="Functions of many numbers; training may miss what is possible.",
    card=lambda scheme: figures.card(line(), function(line(), 1.0, 0.5), scheme),
    leads_to=("skip_layer", "identity"),
)


def finding(results: Sequence[Approximation]) -> str:
    """Return in words the error that each network ended with, and whether the shortcut helped."""
    told = [f"{_came(one)} in {figures.KINDS[one.network][1]}" for one in results]
    ends = {one.network: one.errors[-1] for one in results if len(one.errors) == STEPS}
    words = f"Error after {STEPS} steps: {', '.join(told)}"
    if not {"plain", "residual"} <= ends.keys():
        return words
    return f"{words}. The shortcut {'helps' if ends['residual'] < ends['plain'] else 'does not help'} here"


def formula(slope: float, wiggle: float) -> str:
    """Return f, r and how large both are."""
    whole, left = sizes(slope, wiggle)
    return (
        rf"f(x) = {tex(slope)}\,x + {tex(wiggle)}\,\sin 3x \qquad r(x) = f(x) - x \qquad \lVert f \rVert = {tex(whole)}, \quad "
        rf"\lVert r \rVert = {tex(left)}"
    )


def _came(one: Approximation) -> str:
    return spoken(one.errors[-1]) if len(one.errors) == STEPS else "not finite"
