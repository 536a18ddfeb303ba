"""The question how alike maps are that have been computed."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class LikenessQuestion(BaseModel):
    """Which answered questions about attribution are compared; all are about the same pictures and networks."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    jobs: tuple[Annotated[str, Field(pattern="^[0-9a-f]{40}$")], ...] = Field(min_length=1, max_length=13)
    """The ids of their jobs."""
