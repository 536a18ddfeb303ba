"""What was measured for the labs."""

from explorer.results.result import Result


class HighwayGradient(Result):
    """Sizes of ∂x_L/∂x_0 by autograd in fp32, for L = 0, 1, …; 0 where fp32 has nothing smaller."""

    plain: tuple[float, ...]
    residual: tuple[float, ...]


class StrengthGradient(Result):
    """The gradient of a block's loss by its input, by autograd in fp64."""

    gradient: tuple[float, float]
