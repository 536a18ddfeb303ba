"""What the approximation lab says."""

from collections.abc import Sequence

from explorer.figures import approximation as figures
from explorer.figures.number import spoken, tex
from explorer.labs.approximation import function, line, sizes
from explorer.results.labs import Approximation
from explorer.specs.approximation import STEPS
from explorer.ui.labs.frame import Lab, Try


def _try(label: str, see: str, wiggle: float, blocks: int, units: int) -> Try:
    values = {"wiggle": wiggle, "blocks": blocks, "units": units, "seed": 0}
    return Try(label, see, {f"approximation_{name}": value for name, value in values.items()})


LAB = Lab(
    name="approximation",
    question="Is it easier to learn only what is left of a function?",
    words=(
        "A network can come as close to any continuous function as one likes: so says the theorem of universal approximation. "
        "To fit $f(x)$ with a shortcut is to fit $r(x) = f(x) - x$. If $f$ is close to the identity, $r$ is small. Here blocks are "
        "narrow: a single number goes from one to the next."
    ),
    tries=(
        _try("One block", "B and C are the same network, and learn the same.", 0.3, 1, 4),
        _try("Narrow and deep", "Two units a block, eight blocks.", 0.3, 8, 2),
        _try("Exactly the identity", "Nothing is left to learn.", 0.0, 4, 4),
    ),
    source="Document 004; Hornik 1991 (the theorem); Lin and Jegelka 2018, arXiv:1806.10909 (narrow residual networks).",
    leaves_out="Functions of many numbers, and how many blocks a given closeness needs: training may miss what is possible.",
    card=lambda scheme: figures.card(line(), function(line(), 0.5), scheme),
    leads_to=("skip_layer", "identity"),
)


def finding(results: Sequence[Approximation]) -> str:
    """Return in words the error that each network ended with."""
    told = [f"{_came(one)} in {figures.KINDS[one.network][1]}" for one in results]
    return f"After {STEPS} steps the error is {', '.join(told)}"


def formula(wiggle: float) -> str:
    """Return f, r and how large both are."""
    whole, left = sizes(wiggle)
    return (
        rf"f(x) = x + {tex(wiggle)}\,\sin 3x \qquad r(x) = f(x) - x \qquad \lVert f \rVert = {tex(whole)}, \quad "
        rf"\lVert r \rVert = {tex(left)}"
    )


def _came(one: Approximation) -> str:
    return spoken(one.errors[-1]) if len(one.errors) == STEPS else "not finite"
