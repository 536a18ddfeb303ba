"""What the lab of gradients through time says."""

from collections.abc import Sequence

from explorer.drawing.numbers import spoken, tex
from explorer.labs import Array
from explorer.labs.lab import Lab, Try
from explorer.labs.through_time import figure as figures
from explorer.labs.through_time.compute import SAYING_THE_MEAN, History, draw, history, sigmoid, smoothed
from explorer.labs.through_time.spec import LENGTHS, STEPS, Cell
from explorer.specs.control import Choice, Number

BIAS = Number("through_time_bias", "Bias b of the forget gate", 2.0, low=-4.0, high=8.0, step=0.5)
TIME = Choice("through_time_steps", "Steps T", 50, options=LENGTHS)
SIZE = Number("through_time_size", "Size of the recurrent weights", 0.8, low=0.1, high=2.0, step=0.1)
SEED = Number("through_time_seed", "Seed of weights and inputs", 0, low=0, high=999)


def histories(steps: int, bias: float, size: float, seed: int) -> list[History]:
    """Return the three networks over the same inputs."""
    weights = draw(steps, size, seed)
    return [history(weights, cell, bias) for cell in Cell]


def _try(label: str, see: str, bias: float, steps: int) -> Try:
    return Try(label, see, {BIAS: bias, TIME: steps, SIZE: 0.8, SEED: 0})


LAB = Lab(
    __name__,
    question="How long does a memory last?",
    words=(
        "A recurrent network is deep in time: its state passes the same layer at every step. The LSTM of 1997 adds to its state, "
        "$c_{t+1} = c_t + F(c_t)$: a shortcut through time. In 2000 a gate was put on it, $c_{t+1} = f\\,c_t + F(c_t)$ with "
        "$f = \\sigma(\\dots + b)$; a positive bias $b$ keeps it open. Each then learns to add two marked numbers of a sequence."
    ),
    tries=(
        _try("No bias", "About half of the state is forgotten at every step.", 0.0, 50),
        _try("A positive bias", "The gate starts open, and the gradient comes back.", 4.0, 50),
        _try("Two hundred steps", "How much is left of each, and what can still be learned?", 4.0, 200),
    ),
    source=(
        "Document 000; Hochreiter and Schmidhuber 1997, doi:10.1162/neco.1997.9.8.1735; Gers et al. 2000, "
        "doi:10.1162/089976600300015015."
    ),
    leaves_out="The output gate, and that in 1997 gradients were cut off but for the cell's own path.",
    card=lambda scheme: figures.card(histories(50, 2.0, 0.8, 0), scheme),
    leads_to=("gate", "rank_collapse"),
)


def finding(told: Sequence[History], learned: Sequence[Array | None]) -> str:
    """Return in words how much of the gradient is left of each network, and how well those that were trained add."""
    left = [f"{name[0]} {spoken(float(one.gradient[0]))}" for one, name in zip(told, figures.NAMES, strict=True)]
    words = f"Gradient left after {len(told[0].state) - 1} steps: {', '.join(left)}"
    ends = [
        f"{name[0]} {spoken(float(smoothed(errors)[-1])) if len(errors) == STEPS else 'not finite'}"
        for name, errors in zip(figures.NAMES, learned, strict=True)
        if errors is not None
    ]
    return f"{words}. Error in adding ({spoken(SAYING_THE_MEAN)}: always saying 1): {', '.join(ends)}" if ends else words


def formula(told: Sequence[History], bias: float, colour: str) -> str:
    """Return what the gate alone would leave, beside what is left."""
    steps, gate = len(told[2].gate), float(sigmoid(bias))
    return (
        rf"\textcolor{{{colour}}}{{\sigma(b)^T}} = {tex(gate)}^{{{steps}}} = {tex(gate**steps)} \qquad "
        rf"\textcolor{{{colour}}}{{\lVert \tfrac{{\partial E}}{{\partial c_0}} \rVert / \lVert "
        rf"\tfrac{{\partial E}}{{\partial c_T}} \rVert}} = {tex(float(told[2].gradient[0]))} \qquad "
        rf"\bar f = {tex(float(told[2].gate.mean()))}"
    )
