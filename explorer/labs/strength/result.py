"""What autograd finds at a block's input."""

from explorer.labs.strength.spec import StrengthSpec
from explorer.questions.question import Question
from explorer.questions.result import Result


class StrengthGradient(Result):
    """The gradient of a block's loss by its input, by autograd in fp64."""

    gradient: tuple[float, float]


QUESTION = Question(__name__, StrengthSpec, StrengthGradient, doing="Differentiating")
