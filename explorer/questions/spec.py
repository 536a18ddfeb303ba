"""What is asked: the base of every spec, and of those about trained networks."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

MAX_RUNS = 4


class Spec(BaseModel):
    """One question's particulars, as a page's controls give them."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class TrainedSpec(Spec):
    """A question about trained networks, all asked the same; what more it needs, its subclass adds."""

    runs: tuple[Annotated[str, Field(min_length=1, max_length=64)], ...] = Field(min_length=1, max_length=MAX_RUNS)
    """Whose networks, in the order of their letters."""
    step: int | None = Field(default=None, ge=0)
    """Which checkpoint of each; the last one unless given."""
