"""A question about trained networks: whose, and as they were at which step."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

MAX_RUNS = 4


class Question(BaseModel):
    """One question to the measure pool; all runs are asked the same. What more a question needs, its subclass adds."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    runs: tuple[Annotated[str, Field(min_length=1, max_length=64)], ...] = Field(min_length=1, max_length=MAX_RUNS)
    """Whose networks, in the order of their letters."""
    step: int | None = Field(default=None, ge=0)
    """Which checkpoint of each; the last one unless given."""
