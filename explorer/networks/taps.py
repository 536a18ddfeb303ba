"""A block watched from inside: its input as two views, so that the gradient parts, and both addends of its sum."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from torch import Tensor, nn
from torch.nn.functional import batch_norm
from torch.utils.hooks import RemovableHandle

from explorer.networks.network import ResidualBlock, ResidualNetwork


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


@contextmanager
def tapping(network: ResidualNetwork, receive: Callable[[Taps], None]) -> Iterator[None]:
    """Hand every block's taps, first block first, to `receive` as forward passes in this context leave the block.

    The pass computes what it always does; batch-norm statistics are updated once, as always.
    """
    handles = [handle for block in network.blocks for handle in _Tap(block, receive).handles()]
    try:
        yield
    finally:
        for handle in handles:
            handle.remove()


class _Tap:
    """The hooks of one block, and what they have seen since the pass entered it."""

    def __init__(self, block: ResidualBlock, receive: Callable[[Taps], None]) -> None:
        self.block, self.receive = block, receive
        self.x: Tensor | None = None
        self.through: Tensor | None = None
        self.over: Tensor | None = None

    def handles(self) -> Iterator[RemovableHandle]:
        block = self.block
        yield block.entry.register_forward_pre_hook(self._enter)
        if block.shortcut is None:
            yield block.branch.register_forward_hook(lambda _branch, _inputs, output: self._tell(output, None))
        else:
            yield block.shortcut.register_forward_pre_hook(self._over)
            yield block.sum.register_forward_pre_hook(lambda _sum, addends: self._tell(*addends))

    def _enter(self, _entry: nn.Module, inputs: tuple[Tensor]) -> tuple[Tensor]:
        [self.x] = inputs
        self.through = self.x.view_as(self.x)
        return (self.through,)

    def _over(self, _shortcut: nn.Module, _inputs: tuple[Tensor]) -> tuple[Tensor]:
        assert self.x is not None
        self.over = self.x.view_as(self.x)
        return (_entry_again(self.block.entry, self.over) if self.block.reads_entry else self.over,)

    def _tell(self, branch: Tensor, carried: Tensor | None) -> None:
        assert self.x is not None
        assert self.through is not None
        taps = Taps(self.x, self.over, self.through, branch, carried)
        self.x = self.through = self.over = None  # nothing is kept beyond the pass
        self.receive(taps)


def _entry_again(entry: nn.Module, x: Tensor) -> Tensor:
    """Return what a pre-activation entry gives, leaving its running statistics alone."""
    for module in entry.children():
        if isinstance(module, nn.BatchNorm2d) and module.training:
            x = batch_norm(x, None, None, module.weight, module.bias, training=True, eps=module.eps)
        else:
            x = module(x)
    return x
