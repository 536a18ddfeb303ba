"""What two small networks learned of two spirals."""

from explorer.labs.euler.spec import SpiralsSpec
from explorer.questions.question import Question
from explorer.questions.result import Result


class SpiralNetwork(Result):
    """A network in the plane whose layers share one F(x) = V tanh(Wx + b), after training on two spirals."""

    implicit: bool
    """Whether a layer solves x' = x + hF(x') instead of computing x' = x + hF(x)."""
    first: tuple[tuple[float, float], ...]
    """W, hidden units × 2."""
    bias: tuple[float, ...]
    second: tuple[tuple[float, ...], ...]
    """V, 2 × hidden units."""
    readout: tuple[float, float]
    offset: float
    losses: tuple[float, ...]
    """Cross-entropy of every step of training, in nats."""
    accuracy: float
    """Share of the training points that are right afterwards."""


QUESTION = Question(__name__, SpiralsSpec, SpiralNetwork, doing="Training both networks")
