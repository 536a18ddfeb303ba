"""What the labs ask the measure pool: small networks that need autograd or training."""

from pydantic import BaseModel, ConfigDict, Field


class LabQuestion(BaseModel):
    """One lab's numbers, as the page's controls give them."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class HighwayQuestion(LabQuestion):
    """Ask for the gradient through scalar networks of 0 to `depth` layers."""

    a: float = Field(ge=-2, le=2)
    """What every layer multiplies by."""
    depth: int = Field(default=60, ge=1, le=60)
    """Layers of the deepest of them."""
