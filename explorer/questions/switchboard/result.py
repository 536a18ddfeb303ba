"""Gradient norms of the first step, for every setting of the switches."""

from explorer.questions.question import Question
from explorer.questions.result import Result
from explorer.questions.switchboard.spec import SwitchboardSpec
from explorer.specs.network import Normalisation

Values = tuple[float | None, ...]
"""One a depth; None where the number was not finite."""


class FirstStep(Result):
    """One network form at one setting, over depth: norms of the loss's gradient before any training."""

    plain: bool
    normalisation: Normalisation
    scale: str
    """Which initial weights: a name of `explorer.questions.switchboard.spec.SCALES`."""
    depths: tuple[int, ...]
    first: Values
    """Gradient norm of the first weighted layer."""
    low: Values
    """The smallest norm of any weighted layer."""
    high: Values
    """The largest norm of any weighted layer."""

    @property
    def growth(self) -> float | None:
        """The first layer's norm in the deepest network over that in the shallowest."""
        shallow, deep = self.first[0], self.first[-1]
        return deep / shallow if shallow and deep is not None else None


QUESTION = Question(__name__, SwitchboardSpec, FirstStep, doing="Measuring first gradients")
