"""One layer of a network: what it computes, its shapes and its cost."""

from dataclasses import dataclass
from enum import StrEnum
from math import prod

from explorer.specs.network import NetworkSpec, Normalisation, Shape


class LayerKind(StrEnum):
    """What a layer computes."""

    CONV = "conv"
    NORM = "norm"
    RELU = "relu"
    SCALE = "scale"
    SUM = "sum"
    MAX_POOL = "max-pool"
    """3×3, stride 2, of the ImageNet form's stem."""
    POOL = "pool"
    LINEAR = "linear"


class ShortcutKind(StrEnum):
    """How one block's shortcut carries x."""

    NONE = "none"
    IDENTITY = "identity"
    PADDED = "padded"
    """Stride-2 subsampling, then zero channels (option A at a stage boundary)."""
    PROJECTION = "projection"
    """A 1x1 convolution, with a norm of its own where the network has norms."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One module: its path, its shapes and its cost for one picture."""

    name: str
    """Module path in the built network, such as stage1.block1.branch.conv1."""
    kind: LayerKind
    input_shape: Shape
    output_shape: Shape
    kernel: int = 0
    """Side of the square kernel; 0 for layers that have none."""
    stride: int = 1
    bias: bool = False
    parameters: int = 0
    """Trainable numbers."""
    macs: int = 0
    """Multiply-adds for one picture; counted for convolutions and the classifier, as the papers do."""

    @property
    def weighted(self) -> bool:
        """Whether it counts as a layer in the papers' depth, if it stands on the main path."""
        return self.kind in {LayerKind.CONV, LayerKind.LINEAR}


def conv(spec: NetworkSpec, name: str, shape: Shape, channels: int, kernel: int, stride: int) -> Layer:
    """Return a convolution. Padding keeps the size at stride 1; stride 2 halves it, rounding up."""
    output = (channels, *(-(-side // stride) for side in shape[1:]))
    weights = channels * shape[0] * kernel**2
    bias = spec.normalisation is Normalisation.NONE
    return Layer(
        name,
        LayerKind.CONV,
        shape,
        output,
        kernel=kernel,
        stride=stride,
        bias=bias,
        parameters=weights + channels * bias,
        macs=weights * prod(output[1:]),
    )


def norm_relu(spec: NetworkSpec, name: str, index: str, shape: Shape, *, relu: bool = True) -> tuple[Layer, ...]:
    """Return the norm, where the network has norms, and the relu after it."""
    layers = []
    if spec.normalisation is Normalisation.BATCH:
        layers.append(Layer(f"{name}.norm{index}", LayerKind.NORM, shape, shape, parameters=2 * shape[0]))
    if relu:
        layers.append(Layer(f"{name}.relu{index}", LayerKind.RELU, shape, shape))
    return tuple(layers)


def max_pool(name: str, shape: Shape) -> Layer:
    """Return a 3×3 max pool of stride 2 that rounds up."""
    output = (shape[0], *(-(-side // 2) for side in shape[1:]))
    return Layer(name, LayerKind.MAX_POOL, shape, output, kernel=3, stride=2)
