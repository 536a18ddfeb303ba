"""What the gradient highway lab says."""

from fractions import Fraction

from explorer.drawing.numbers import spoken, tex
from explorer.labs.highway import figure as figures
from explorer.labs.highway.compute import DEPTH, ratio, scalar_factors
from explorer.labs.lab import Lab, Try
from explorer.specs.control import Choice, Number

A = Number("highway_a", "Slope a of a layer", 0.5, low=-2.0, high=2.0, step=0.05)
LAYERS = Number("highway_depth", "Layers L", 20, low=1, high=DEPTH)
WIDTH = Choice("highway_width", "Width of the matrices", 16, options=(2, 4, 8, 16, 32))
SEED = Number("highway_seed", "Seed of the matrices", 0, low=0, high=999)


def _try(label: str, see: str, a: float, depth: int) -> Try:
    return Try(label, see, {A: a, LAYERS: depth, WIDTH: 16, SEED: 0})


LAB = Lab(
    __name__,
    question="What do L layers do to a gradient?",
    words=(
        "On its way back through a network, the gradient is multiplied by every layer's slope. In the smallest network each "
        "layer is $x \\mapsto ax$, and $L$ layers make $a^L$. A shortcut adds the input to each layer's output: "
        "$x \\mapsto x + ax$, and $L$ layers make $(1+a)^L$. Right: the same with random matrices of spectral radius $|a|$, "
        "where a band holds all directions."
    ),
    tries=(
        _try("The documents' example", "3²⁰: about 3.49 billion times.", 0.5, 20),
        _try("A shortcut that does not help", "Both factors are ½ in size: equal, and both vanish.", -0.5, 20),
        _try("A shortcut that explodes", "The plain factor stays 1; 2⁴⁰ is a million million.", 1.0, 40),
    ),
    source=("Document 004, the gradient highway; He et al. 2016, *Identity Mappings*, arXiv:1603.05027, section 2, equation 5."),
    leaves_out=("Nonlinearity and normalisation. It is not claimed that vanishing gradients are why deep plain networks degrade."),
    card=lambda scheme: figures.card(scalar_factors(0.5), scheme),
    leads_to=("strength", "gate"),
)


def finding(a: float, depth: int) -> str:
    """Return in words how the two factors compare."""
    plain, residual = (values[depth] for values in scalar_factors(a))
    told = f"After {depth} layers with a = {spoken(a)} the gradient is multiplied by {spoken(plain)} in A plain and by "
    return f"{told}{spoken(residual)} in B residual{_times(ratio(a, depth))}"


def formula(a: float, depth: int, inks: tuple[str, str]) -> str:
    """Return the formula with these numbers; `inks` are the networks' colours."""
    plain, residual = (values[depth] for values in scalar_factors(a))
    return (
        rf"\textcolor{{{inks[0]}}}{{|a|^L}} = {abs(a):g}^{{{depth}}} = \textcolor{{{inks[0]}}}{{{tex(plain)}}} \qquad "
        rf"\textcolor{{{inks[1]}}}{{|1+a|^L}} = {abs(1 + a):g}^{{{depth}}} = \textcolor{{{inks[1]}}}{{{tex(residual)}}}"
    )


def _times(times: Fraction | None) -> str:
    if times is None or times == 0:
        return ""
    if times == 1:
        return ": the same"
    if times < 1:
        return f": {spoken(float(1 / times))} times less"
    exact = times.denominator == 1 and times < 10**15
    return f": {f'{times.numerator:,}' if exact else spoken(float(times))} times as much"
