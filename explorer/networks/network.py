"""The block and the network, written once."""

from torch import Tensor, nn

from explorer.networks.layers import make, make_shortcut, sequence
from explorer.networks.taps import Receive, Taps, entry_again
from explorer.specs import BlockOutline, LayerKind, NetworkSpec, Order, Outline, ShortcutKind


class ResidualBlock(nn.Module):
    """output = exit(shortcut + branch(entry)); without a shortcut, the plain block exit(branch(entry))."""

    sum: nn.Module
    relu: nn.Module

    def __init__(self, block: BlockOutline, spec: NetworkSpec) -> None:
        super().__init__()
        self.entry = sequence(block.entry, spec.branch_scale)
        self.branch = sequence(block.branch, spec.branch_scale)
        self.shortcut = make_shortcut(block)
        for layer in block.exit:  # sum and relu stand in the block itself: stage1.block1.sum
            self.add_module(layer.name.rpartition(".")[2], make(layer, spec.branch_scale))
        # Identity Mappings, appendix: a projection reads the normalised, rectified entry.
        self.reads_entry = spec.order is Order.PRE and block.shortcut.kind is ShortcutKind.PROJECTION
        # A relu that reads x itself needs a view of its own: DeepLift's hook would else see the shortcut's gradient too.
        self.parts_input = bool(block.entry) and block.entry[0].kind is LayerKind.RELU
        self.rectified = any(layer.kind is LayerKind.RELU for layer in block.exit)

    def forward(self, x: Tensor, receive: Receive | None = None) -> Tensor:
        """Return N×C'×H'×W' from N×C×H×W; `receive` is handed the block's taps, and changes nothing of what is computed."""
        over = x if receive is None else x.view_as(x)
        through = x.view_as(x) if receive is not None or self.parts_input else x
        entry = self.entry(through)
        total = branch = self.branch(entry)
        carried = None
        if self.shortcut is not None:
            if self.reads_entry:
                over_entry = entry if receive is None else entry_again(self.entry, over)
                carried = self.shortcut(over_entry)
            else:
                carried = self.shortcut(over)
            total = self.sum(branch, carried)
        if receive is not None:
            receive(Taps(x, None if carried is None else over, through, branch, carried))
        return self._exit(total)

    def _exit(self, total: Tensor) -> Tensor:
        output: Tensor = self.relu(total) if self.rectified else total
        return output

    def without_branch(self, x: Tensor) -> Tensor:
        """Return what is left of the block when its branch is taken away: exit(shortcut), of a plain block x itself."""
        if self.shortcut is None:
            return x
        carried: Tensor = self.shortcut(self.entry(x) if self.reads_entry else x)
        return self._exit(carried)


class ResidualNetwork(nn.Module):
    """Stem, stages of blocks, head. Module paths are the names of its outline."""

    def __init__(self, outline: Outline) -> None:
        super().__init__()
        self.outline = outline
        self.stem = sequence(outline.stem, 1.0)
        self._stages = sorted({block.stage for block in outline.blocks})
        for stage in self._stages:
            blocks = nn.Sequential()
            for block in outline.blocks:
                if block.stage == stage:
                    blocks.add_module(block.name.rpartition(".")[2], ResidualBlock(block, outline.spec))
            self.add_module(f"stage{stage}", blocks)
        self.head = sequence(outline.head, 1.0)

    @property
    def blocks(self) -> list[ResidualBlock]:
        """The blocks in the order of the outline."""
        stages = (getattr(self, f"stage{stage}") for stage in self._stages)
        return [block for stage in stages for block in stage.children()]

    def forward(self, x: Tensor, receive: Receive | None = None) -> Tensor:
        """Return logits, N×classes, from pictures, N×C×H×W; `receive` is handed every block's taps, first block first."""
        x = self.stem(x)
        given = () if receive is None else (receive,)  # hooks on blocks then see x alone
        for block in self.blocks:
            x = block(x, *given)
        logits: Tensor = self.head(x)
        return logits
