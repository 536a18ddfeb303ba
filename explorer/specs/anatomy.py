"""The question what every block of trained networks does."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from explorer.specs.lesion import MAX_RUNS


class AnatomyRequest(BaseModel):
    """One question to the measure pool; all runs are asked the same."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    runs: tuple[Annotated[str, Field(min_length=1, max_length=64)], ...] = Field(min_length=1, max_length=MAX_RUNS)
    """Whose networks, in the order of their letters."""
    step: int | None = Field(default=None, ge=0)
    """Which checkpoint of each; the last one unless given."""
