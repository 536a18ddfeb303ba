"""A block watched from inside: its input as two views, so that the gradient parts, and both addends of its sum."""

from collections.abc import Callable
from dataclasses import dataclass

from torch import Tensor, nn
from torch.nn.functional import batch_norm


@dataclass(frozen=True, slots=True)
class Taps:
    """One block's tensors on the way through, N×C×H×W each.

    Both addends of a sum receive the same gradient, so parting it there says nothing. The two views of the input do
    part it: the gradients of `over_shortcut` and `through_branch` add up to that of `x`.
    """

    x: Tensor
    over_shortcut: Tensor | None
    """The view that the shortcut reads; None in a plain block."""
    through_branch: Tensor
    """The view that the branch reads."""
    branch: Tensor
    """F(x), scaled where the spec says so."""
    carried: Tensor | None
    """shortcut(x), the other addend; None in a plain block."""


Receive = Callable[[Taps], None]


def entry_again(entry: nn.Module, x: Tensor) -> Tensor:
    """Return what a pre-activation entry gives, leaving its running statistics alone."""
    for module in entry.children():
        if isinstance(module, nn.BatchNorm2d) and module.training:
            x = batch_norm(x, None, None, module.weight, module.bias, training=True, eps=module.eps)
        else:
            x = module(x)
    return x
