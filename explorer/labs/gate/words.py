"""What the gate lab says."""

from explorer.drawing.numbers import spoken, tex
from explorer.labs.gate import figure as figures
from explorer.labs.gate.compute import scalar_factors, scalar_passages, sigmoid
from explorer.labs.lab import Lab, Try
from explorer.specs.control import Number

BIAS = Number("gate_bias", "Bias b of the gate", -3.0, low=-8.0, high=8.0, step=0.5)
A = Number("gate_a", "Slope a of the branch", 0.5, low=0.1, high=1.5, step=0.1)
LAYERS = Number("gate_depth", "Layers L", 30, low=2, high=60)
SEED = Number("gate_seed", "Seed of the vectors' weights", 0, low=0, high=999)


def _try(label: str, see: str, bias: float) -> Try:
    return Try(label, see, {BIAS: bias, A: 0.5, LAYERS: 30, SEED: 0})


LAB = Lab(
    __name__,
    question="What if a gate decides how much the shortcut carries?",
    words=(
        "A highway layer weighs branch against shortcut: $y = T\\,F(x) + (1-T)\\,x$. Its gate $T = \\sigma(\\dots + b)$ is "
        "learned, and $b$ is its bias. Far below zero, $T$ is near 0: everything passes. Far above, $T$ is near 1: the "
        "highway is closed, and a plain network is left. A residual network has no gate to close."
    ),
    tries=(
        _try("Open, as highways start", "Bias −3: half of the gradient arrives; of the plain one a billionth.", -3.0),
        _try("Half closed", "Bias 0: half shortcut, half branch, and the gradient shrinks.", 0.0),
        _try("Closed", "Bias 8: the highway lies on the plain network.", 8.0),
    ),
    source="Documents 000 and 004; Srivastava et al. 2015, *Highway Networks*, arXiv:1505.00387, sections 2 and 2.2.",
    leaves_out="Training: a network may learn to open or close its gates. Here all weights are as drawn.",
    card=lambda scheme: figures.card(scalar_passages(0.5, 0.0, 30), scheme),
    leads_to=("through_time", "highway"),
)


def finding(a: float, bias: float, depth: int) -> str:
    """Return in words what reaches the first layer of each network of numbers."""
    plain, residual, highway = (abs(factor) ** depth for factor in scalar_factors(a, bias))
    return (
        f"With bias {spoken(bias)} the gate is {spoken(float(sigmoid(bias)))}: back through {depth} layers of numbers, the "
        f"gradient is multiplied by {spoken(highway)} in C highway, {spoken(plain)} in A plain, {spoken(residual)} in B residual"
    )


def formula(a: float, bias: float, depth: int, colour: str) -> str:
    """Return the formula with these numbers; `colour` is the highway network's."""
    gate, factor = float(sigmoid(bias)), scalar_factors(a, bias)[2]
    return (
        rf"T = \sigma({bias:g}) = {tex(gate)} \qquad \textcolor{{{colour}}}{{|1 - T + T a|^L}} = "
        rf"{tex(abs(factor))}^{{{depth}}} = \textcolor{{{colour}}}{{{tex(abs(factor) ** depth)}}}"
    )
