"""The question how much gradient flows along paths of each length."""

from pydantic import Field

from explorer.questions.spec import TrainedSpec


class PathsSpec(TrainedSpec):
    """How many paths are drawn, and which."""

    draws: int = Field(default=40, ge=2, le=200)
    """Random paths of each length."""
    seed: int = Field(default=0, ge=0, lt=2**31)
    """Of the draws."""
