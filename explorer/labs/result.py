"""What was measured for the labs."""

from explorer.labs.through_time.spec import Cell
from explorer.questions.result import Result


class HighwayGradient(Result):
    """Sizes of ∂x_L/∂x_0 by autograd in fp32, for L = 0, 1, …; 0 where fp32 has nothing smaller."""

    plain: tuple[float, ...]
    residual: tuple[float, ...]


class StrengthGradient(Result):
    """The gradient of a block's loss by its input, by autograd in fp64."""

    gradient: tuple[float, float]


class AddingLearned(Result):
    """One recurrent network that was trained on the adding problem."""

    cell: Cell
    errors: tuple[float, ...]
    """Mean square error of every step's fresh sequences, before the step; a run that is not finite ends early."""
