"""The question what normalisation and initialisation do to the gradient of the first step."""

from pydantic import Field

from explorer.questions.spec import Spec
from explorer.specs.network import Order, Shortcut

DEPTHS = (8, 20, 32, 44, 56, 80, 110)
SCALES = {"small": 0.5, "He": 1.0, "large": 2.0}
"""Factors on the initial weights of every convolution: He et al. 2015's, half and double of them."""


class SwitchboardSpec(Spec):
    """A plain network and its residual twin, before any training."""

    order: Order = Order.POST
    """Of both networks."""
    shortcut: Shortcut = Shortcut.A
    """Of the residual one."""
    width: int = Field(default=8, ge=4, le=16)
    """Channels of the first stage."""
    seed: int = Field(default=0, ge=0, le=2**31 - 1)
    """Of the weights and of the batch."""
