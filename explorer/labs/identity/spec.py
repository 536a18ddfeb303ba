"""Which stacks of relu layers learn to return what they are given."""

from pydantic import Field

from explorer.questions.spec import Spec

WIDTH, HIDDEN, STEPS, PROBES = 4, 8, 400, 41
"""Numbers in a vector, relu units of a block, steps of training, points of the response."""
SPAN = 2.5
"""The response is told for a first number from −SPAN to SPAN, all others zero."""


class IdentitySpec(Spec):
    """One plain stack and its residual twin, trained to be the identity."""

    blocks: int = Field(default=4, ge=1, le=32)
    scale: float = Field(default=0.5, ge=0, le=1)
    """What every block's second matrix is multiplied by before training; 1 is He's."""
    biases: bool = True
    """Whether layers have biases; they start at zero."""
    seed: int = Field(default=0, ge=0, le=999)
