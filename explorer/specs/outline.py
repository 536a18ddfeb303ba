"""What a spec will become, counted without torch and without allocating a weight.

The names are the module paths of the built network (`explorer.networks`), which is built from
this outline: the diagram, the probes and the measures all speak of a layer by the same name.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from explorer.specs.imagenet import ImagenetSpec
from explorer.specs.layers import Layer, LayerKind, ShortcutKind, conv, max_pool, norm_relu
from explorer.specs.network import Block, NetworkSpec, Order, Shape, Shortcut


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
    """1 to 3, of the ImageNet form to 4."""
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
        return tuple(after if after and after.kind is LayerKind.NORM else layer for layer, after in pairs if layer.weighted)

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
    blocks = tuple(_blocks(spec, stem))
    return Outline(spec, stem, blocks, _head(spec, blocks[-1].output_shape))


def _stem(spec: NetworkSpec) -> tuple[Layer, ...]:
    if isinstance(spec, ImagenetSpec):
        first = conv(spec, "stem.conv", spec.input_shape, spec.width, kernel=7, stride=2)
        return (first, *norm_relu(spec, "stem", "", first.output_shape), max_pool("stem.pool", first.output_shape))
    first = conv(spec, "stem.conv", spec.input_shape, spec.width, kernel=3, stride=1)
    if spec.order is Order.PRE:
        return (first,)
    return (first, *norm_relu(spec, "stem", "", first.output_shape))


def _blocks(spec: NetworkSpec, stem: tuple[Layer, ...]) -> Iterator[BlockOutline]:
    shape, number = stem[-1].output_shape, 0
    field, jump = _seen(stem, 1, 1)
    for stage, (width, blocks, first_stride) in enumerate(spec.stages, start=1):
        for index in range(1, blocks + 1):
            number += 1
            stride = first_stride if index == 1 else 1
            name = f"stage{stage}.block{index}"
            branch = _branch(spec, f"{name}.branch", shape, width, stride)
            output = branch[-1].output_shape
            field, jump = _seen(branch, field, jump)
            yield BlockOutline(
                name=name,
                number=number,
                stage=stage,
                entry=norm_relu(spec, f"{name}.entry", "", shape) if spec.order is Order.PRE else (),
                branch=branch,
                shortcut=_shortcut(spec, f"{name}.shortcut", shape, output, stride),
                exit=_exit(spec, name, output),
                input_shape=shape,
                output_shape=output,
                receptive_field=field,
            )
            shape = output


def _seen(layers: tuple[Layer, ...], field: int, jump: int) -> tuple[int, int]:
    """Return the receptive field after some layers, and how many input pixels lie between two of its centres."""
    for layer in layers:
        if layer.kernel:
            field, jump = field + (layer.kernel - 1) * jump, jump * layer.stride
    return field, jump


def _branch(spec: NetworkSpec, name: str, shape: Shape, width: int, stride: int) -> tuple[Layer, ...]:
    """The convolutions with norms and relus between them; the entry and the last relu are not part of it."""
    plan = _plan(spec, width, stride)
    layers: list[Layer] = []
    for index, (channels, kernel, conv_stride) in enumerate(plan, start=1):
        if spec.order is Order.PRE and index > 1:
            layers += norm_relu(spec, name, str(index), shape)
        layers.append(conv(spec, f"{name}.conv{index}", shape, channels, kernel, conv_stride))
        shape = layers[-1].output_shape
        if spec.order is Order.POST:
            last = index == len(plan)
            layers += norm_relu(spec, name, str(index), shape, relu=not last)
    if spec.branch_scale != 1:
        layers.append(Layer(f"{name}.scale", LayerKind.SCALE, shape, shape))
    return tuple(layers)


def _plan(spec: NetworkSpec, width: int, stride: int) -> list[tuple[int, int, int]]:
    """Channels, kernel, stride of each convolution; a bottleneck strides on its 3x3 unless the spec says otherwise."""
    if spec.block is Block.BASIC:
        return [(width, 3, stride), (width, 3, 1)]
    first, second = (stride, 1) if spec.stride_first else (1, stride)
    return [(width, 1, first), (width, 3, second), (width * spec.expansion, 1, 1)]


def _shortcut(spec: NetworkSpec, name: str, shape: Shape, output: Shape, stride: int) -> ShortcutOutline:
    kind = _shortcut_kind(spec.shortcut, same=shape == output)
    layers: tuple[Layer, ...] = ()
    if kind is ShortcutKind.PROJECTION:
        projection = conv(spec, f"{name}.conv", shape, output[0], kernel=1, stride=stride)
        # A pre-activation projection has no norm of its own: it reads the normalised entry.
        norm = norm_relu(spec, name, "", output, relu=False) if spec.order is Order.POST else ()
        layers = (projection, *norm)
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
    final = norm_relu(spec, "head", "", shape) if spec.order is Order.PRE else ()
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
