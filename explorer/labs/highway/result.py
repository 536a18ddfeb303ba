"""What autograd finds in scalar networks."""

from explorer.labs.highway.spec import HighwaySpec
from explorer.questions.question import Question
from explorer.questions.result import Result


class HighwayGradient(Result):
    """Sizes of ∂x_L/∂x_0 by autograd in fp32, for L = 0, 1, …; 0 where fp32 has nothing smaller."""

    plain: tuple[float, ...]
    residual: tuple[float, ...]


QUESTION = Question(__name__, HighwaySpec, HighwayGradient, doing="Differentiating")
