"""One module for each kind of layer; none works in place, none is used twice."""

from collections.abc import Iterable

from torch import Tensor, nn

from explorer.specs import BlockOutline, Layer, LayerKind, ShortcutKind


class Sum(nn.Module):
    """The explicit sum F(x) + shortcut(x), so that both addends can be watched."""

    def forward(self, branch: Tensor, shortcut: Tensor) -> Tensor:
        """Return branch + shortcut; both N×C×H×W of one shape."""
        return branch + shortcut


class Scale(nn.Module):
    """The constant α in y = shortcut(x) + α F(x)."""

    def __init__(self, factor: float) -> None:
        super().__init__()
        self.factor = factor

    def forward(self, x: Tensor) -> Tensor:
        """Return α x."""
        return x * self.factor


class Padded(nn.Module):
    """Option A where shapes change: every second pixel, then zero channels (He et al. 2015, section 4.2)."""

    def __init__(self, stride: int, channels: int) -> None:
        super().__init__()
        self.stride, self.channels = stride, channels

    def forward(self, x: Tensor) -> Tensor:
        """Return N×(C + channels)×⌈H/stride⌉×⌈W/stride⌉; the added channels are zero."""
        kept = x[:, :, :: self.stride, :: self.stride]
        return nn.functional.pad(kept, (0, 0, 0, 0, 0, self.channels))


class Pool(nn.Module):
    """Global average pooling."""

    def forward(self, x: Tensor) -> Tensor:
        """Return N×C from N×C×H×W."""
        return x.mean(dim=(2, 3))


def make(layer: Layer, branch_scale: float) -> nn.Module:
    """Return the module of one layer of an outline, weights as torch leaves them."""
    match layer.kind:
        case LayerKind.CONV:
            return nn.Conv2d(
                layer.input_shape[0], layer.output_shape[0], layer.kernel,
                stride=layer.stride, padding=layer.kernel // 2, bias=layer.bias,
            )  # fmt: skip
        case LayerKind.NORM:
            return nn.BatchNorm2d(layer.input_shape[0])
        case LayerKind.RELU:
            return nn.ReLU()
        case LayerKind.SCALE:
            return Scale(branch_scale)
        case LayerKind.SUM:
            return Sum()
        case LayerKind.MAX_POOL:
            return nn.MaxPool2d(layer.kernel, layer.stride, layer.kernel // 2)
        case LayerKind.POOL:
            return Pool()
        case LayerKind.LINEAR:
            return nn.Linear(layer.input_shape[0], layer.output_shape[0])


def sequence(layers: Iterable[Layer], branch_scale: float) -> nn.Sequential:
    """Return the layers one after another, each under the last part of its name."""
    modules = nn.Sequential()
    for layer in layers:
        modules.add_module(layer.name.rpartition(".")[2], make(layer, branch_scale))
    return modules


def make_shortcut(block: BlockOutline) -> nn.Module | None:
    """Return what carries x past the branch, or None for a plain block."""
    shortcut = block.shortcut
    match shortcut.kind:
        case ShortcutKind.NONE:
            return None
        case ShortcutKind.IDENTITY:
            return nn.Identity()
        case ShortcutKind.PADDED:
            return Padded(shortcut.stride, block.output_shape[0] - block.input_shape[0])
        case ShortcutKind.PROJECTION:
            return sequence(shortcut.layers, 1.0)
