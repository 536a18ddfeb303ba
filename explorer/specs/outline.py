"""What a spec will become, counted without torch and without allocating a weight.

The names are the module paths of the built network (`explorer.networks`), which is built from
this outline: the diagram, the probes and the measures all speak of a layer by the same name.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from math import prod

from explorer.specs.network import Block, NetworkSpec, Normalisation, Order, Shape, Shortcut


class LayerKind(StrEnum):
    """What a layer computes."""

    CONV = "conv"
    NORM = "norm"
    RELU = "relu"
    SCALE = "scale"
    SUM = "sum"
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


@dataclass(frozen=True, slots=True)
class ShortcutOutline:
    """What carries x past one branch."""

    name: str
    kind: ShortcutKind
    layers: tuple[Layer, ...]
    """The projection's convolution and norm; empty for every other kind."""
    stride: int


@dataclass(frozen=True, slots=True)
class BlockOutline:
    """One block: output = exit(shortcut + branch(entry))."""

    name: str
    number: int
    """1 for the first block of the network."""
    stage: int
    """1, 2 or 3."""
    entry: tuple[Layer, ...]
    """Norm and relu before the branch (pre-activation); empty otherwise."""
    branch: tuple[Layer, ...]
    shortcut: ShortcutOutline
    exit: tuple[Layer, ...]
    """The sum (if there is a shortcut) and the relu after it (post-activation)."""
    input_shape: Shape
    output_shape: Shape
    receptive_field: int
    """Side, in input pixels, of the square that one output value can see."""

    @property
    def layers(self) -> tuple[Layer, ...]:
        """All modules in the order of the forward pass."""
        return self.entry + self.branch + self.shortcut.layers + self.exit

    @property
    def parameters(self) -> int:
        """Trainable numbers of the block, its projection included."""
        return sum(layer.parameters for layer in self.layers)

    @property
    def macs(self) -> int:
        """Multiply-adds of the block for one picture, its projection included."""
        return sum(layer.macs for layer in self.layers)


@dataclass(frozen=True, slots=True)
class Outline:
    """A whole network: stem, blocks, head."""

    spec: NetworkSpec
    stem: tuple[Layer, ...]
    blocks: tuple[BlockOutline, ...]
    head: tuple[Layer, ...]

    @property
    def layers(self) -> Iterator[Layer]:
        """Every module in the order of the forward pass, projections included."""
        yield from self.stem
        for block in self.blocks:
            yield from block.layers
        yield from self.head

    @property
    def weighted_layers(self) -> tuple[Layer, ...]:
        """Convolutions on the main path and the classifier: exactly `depth` of them, first first."""
        branches = (layer for block in self.blocks for layer in block.branch)
        return tuple(layer for layer in (*self.stem, *branches, *self.head) if layer.weighted)

    @property
    def responses(self) -> tuple[Layer, ...]:
        """The layer whose output is the response of each weighted layer: the norm right after it, else itself.

        He et al. 2015, Fig. 7: after normalisation, before the nonlinearity and before the sum.
        """
        parts = (self.stem, *(block.branch for block in self.blocks), self.head)
        pairs = (pair for part in parts for pair in zip(part, (*part[1:], None), strict=True))
        return tuple(
            after if after and after.kind is LayerKind.NORM else layer for layer, after in pairs if layer.weighted
        )

    @property
    def parameters(self) -> int:
        """Trainable numbers."""
        return sum(layer.parameters for layer in self.layers)

    @property
    def macs(self) -> int:
        """Multiply-adds for one picture."""
        return sum(layer.macs for layer in self.layers)

    @property
    def shortcuts(self) -> int:
        """Blocks that have a shortcut."""
        return sum(block.shortcut.kind is not ShortcutKind.NONE for block in self.blocks)

    @property
    def projections(self) -> int:
        """Blocks whose shortcut is a projection."""
        return sum(block.shortcut.kind is ShortcutKind.PROJECTION for block in self.blocks)

    @property
    def receptive_field(self) -> int:
        """Side, in input pixels, of what one value of the last feature map can see."""
        return self.blocks[-1].receptive_field


@lru_cache(maxsize=256)
def outline(spec: NetworkSpec) -> Outline:
    """Return the outline of a spec. Depth 1202 takes milliseconds."""
    stem = _stem(spec)
    blocks = tuple(_blocks(spec, stem[0]))
    return Outline(spec, stem, blocks, _head(spec, blocks[-1].output_shape))


def _stem(spec: NetworkSpec) -> tuple[Layer, ...]:
    conv = _conv(spec, "stem.conv", spec.input_shape, spec.width, kernel=3, stride=1)
    if spec.order is Order.PRE:
        return (conv,)
    return (conv, *_norm_relu(spec, "stem", "", conv.output_shape))


def _blocks(spec: NetworkSpec, stem: Layer) -> Iterator[BlockOutline]:
    shape, field, jump, number = stem.output_shape, stem.kernel, 1, 0
    for stage in (1, 2, 3):
        width = spec.width * 2 ** (stage - 1)
        for index in range(1, spec.blocks_per_stage + 1):
            number += 1
            stride = 2 if stage > 1 and index == 1 else 1
            name = f"stage{stage}.block{index}"
            branch = _branch(spec, f"{name}.branch", shape, width, stride)
            output = branch[-1].output_shape
            for layer in branch:
                if layer.kind is LayerKind.CONV:
                    field, jump = field + (layer.kernel - 1) * jump, jump * layer.stride
            yield BlockOutline(
                name=name,
                number=number,
                stage=stage,
                entry=_norm_relu(spec, f"{name}.entry", "", shape) if spec.order is Order.PRE else (),
                branch=branch,
                shortcut=_shortcut(spec, f"{name}.shortcut", shape, output, stride),
                exit=_exit(spec, name, output),
                input_shape=shape,
                output_shape=output,
                receptive_field=field,
            )
            shape = output


def _branch(spec: NetworkSpec, name: str, shape: Shape, width: int, stride: int) -> tuple[Layer, ...]:
    """The convolutions with norms and relus between them; the entry and the last relu are not part of it."""
    plan = _plan(spec, width, stride)
    layers: list[Layer] = []
    for index, (channels, kernel, conv_stride) in enumerate(plan, start=1):
        if spec.order is Order.PRE and index > 1:
            layers += _norm_relu(spec, name, str(index), shape)
        layers.append(_conv(spec, f"{name}.conv{index}", shape, channels, kernel, conv_stride))
        shape = layers[-1].output_shape
        if spec.order is Order.POST:
            last = index == len(plan)
            layers += _norm_relu(spec, name, str(index), shape, relu=not last)
    if spec.branch_scale != 1:
        layers.append(Layer(f"{name}.scale", LayerKind.SCALE, shape, shape))
    return tuple(layers)


def _plan(spec: NetworkSpec, width: int, stride: int) -> list[tuple[int, int, int]]:
    """Channels, kernel, stride of each convolution; a bottleneck strides on its 3x3."""
    if spec.block is Block.BASIC:
        return [(width, 3, stride), (width, 3, 1)]
    return [(width, 1, 1), (width, 3, stride), (width * spec.expansion, 1, 1)]


def _shortcut(spec: NetworkSpec, name: str, shape: Shape, output: Shape, stride: int) -> ShortcutOutline:
    kind = _shortcut_kind(spec.shortcut, same=shape == output)
    layers: tuple[Layer, ...] = ()
    if kind is ShortcutKind.PROJECTION:
        conv = _conv(spec, f"{name}.conv", shape, output[0], kernel=1, stride=stride)
        # A pre-activation projection has no norm of its own: it reads the normalised entry.
        norm = _norm_relu(spec, name, "", output, relu=False) if spec.order is Order.POST else ()
        layers = (conv, *norm)
    return ShortcutOutline(name, kind, layers, stride)


def _shortcut_kind(option: Shortcut, *, same: bool) -> ShortcutKind:
    if option is Shortcut.NONE:
        return ShortcutKind.NONE
    if option is Shortcut.C:
        return ShortcutKind.PROJECTION
    if same:
        return ShortcutKind.IDENTITY
    return ShortcutKind.PADDED if option is Shortcut.A else ShortcutKind.PROJECTION


def _exit(spec: NetworkSpec, name: str, shape: Shape) -> tuple[Layer, ...]:
    layers = []
    if not spec.plain:
        layers.append(Layer(f"{name}.sum", LayerKind.SUM, shape, shape))
    if spec.order is Order.POST:
        layers.append(Layer(f"{name}.relu", LayerKind.RELU, shape, shape))
    return tuple(layers)


def _head(spec: NetworkSpec, shape: Shape) -> tuple[Layer, ...]:
    final = _norm_relu(spec, "head", "", shape) if spec.order is Order.PRE else ()
    channels = (shape[0],)
    classifier = Layer(
        "head.classifier",
        LayerKind.LINEAR,
        channels,
        (spec.classes,),
        bias=True,
        parameters=(shape[0] + 1) * spec.classes,
        macs=shape[0] * spec.classes,
    )
    return (*final, Layer("head.pool", LayerKind.POOL, shape, channels), classifier)


def _conv(spec: NetworkSpec, name: str, shape: Shape, channels: int, kernel: int, stride: int) -> Layer:
    """Padding keeps the size at stride 1; stride 2 halves it, rounding up."""
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


def _norm_relu(spec: NetworkSpec, name: str, index: str, shape: Shape, *, relu: bool = True) -> tuple[Layer, ...]:
    layers = []
    if spec.normalisation is Normalisation.BATCH:
        layers.append(Layer(f"{name}.norm{index}", LayerKind.NORM, shape, shape, parameters=2 * shape[0]))
    if relu:
        layers.append(Layer(f"{name}.relu{index}", LayerKind.RELU, shape, shape))
    return tuple(layers)
