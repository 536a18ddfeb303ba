"""Which scalar networks the gradient highway lab measures."""

from pydantic import Field

from explorer.questions.spec import Spec


class HighwaySpec(Spec):
    """Scalar networks of 0 to `depth` layers."""

    a: float = Field(ge=-2, le=2)
    """What every layer multiplies by."""
    depth: int = Field(default=60, ge=1, le=60)
    """Layers of the deepest of them."""
