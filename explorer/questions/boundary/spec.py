"""The question what the shortcut carries where shapes change."""

from typing import Annotated, Literal

from pydantic import Field

from explorer.questions.spec import TrainedSpec


class BoundarySpec(TrainedSpec):
    """One picture, at one of the two stage boundaries."""

    stage: Literal[2, 3] = 2
    """The boundary is the first block of this stage."""
    image: Annotated[int, Field(ge=0)] | Literal["upload"] = 0
    """Its place in the test set, or the file that comes with the question."""
