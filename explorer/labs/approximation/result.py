"""How networks learned a function of one number."""

from typing import Literal

from explorer.labs.approximation.spec import ApproximationSpec
from explorer.questions.question import Question
from explorer.questions.result import Result

Kind = Literal["plain", "residual", "rest", "wide"]


class Approximation(Result):
    """One network after learning a function of one number."""

    network: Kind
    """`rest` is plain and learned f − x; its fit has x added. `wide` is one residual block."""
    fit: tuple[float, ...]
    """What it gives for the points that are learned, first to last."""
    errors: tuple[float, ...]
    """Root mean square of what is missing, before every step of training; a run that is not finite ends early."""


QUESTION = Question(__name__, ApproximationSpec, Approximation, doing="Training four networks")
