"""The question what the loss looks like around a trained network."""

from typing import Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from explorer.questions.spec import TrainedSpec


class SurfaceSpec(TrainedSpec):
    """Where the loss is looked at: on a grid along one or two random directions through the trained weights."""

    dimensions: Literal[1, 2] = 2
    """A slice, or a surface."""
    points: int = Field(default=25, ge=3, le=51)
    """Along each direction; odd, so that the trained weights are one of them."""
    span: float = Field(default=1.0, gt=0, le=5, allow_inf_nan=False)
    """How far each direction goes, both ways; 1 is as far as the filters are long."""
    seed: int = Field(default=0, ge=0, lt=2**31)
    """Of the directions."""

    @model_validator(mode="after")
    def _centre_is_there(self) -> Self:
        if self.points % 2 == 0:
            raise PydanticCustomError("spec", "points is {points}: allowed are odd numbers.", {"points": self.points})
        return self
