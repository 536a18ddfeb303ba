"""The question what the shortcut carries where shapes change."""

from typing import Literal

from pydantic import Field

from explorer.specs.question import Question


class BoundaryQuestion(Question):
    """One test picture, at one of the two stage boundaries."""

    stage: Literal[2, 3] = 2
    """The boundary is the first block of this stage."""
    image: int = Field(default=0, ge=0)
    """Its place in the test set."""
