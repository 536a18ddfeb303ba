"""What a person chooses when they build a network."""

from enum import StrEnum
from typing import Annotated, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

MAX_DEPTH = 1202
"""The deepest network of the first paper (Table 6)."""


class Block(StrEnum):
    """The branch F(x) of every block."""

    BASIC = "basic"
    """3x3, 3x3."""
    BOTTLENECK = "bottleneck"
    """1x1 reduce to a quarter, 3x3, 1x1 restore."""


class Order(StrEnum):
    """Where normalisation and relu stand."""

    POST = "post"
    """conv, norm, relu; relu after the sum (He et al. 2015)."""
    PRE = "pre"
    """norm, relu, conv; nothing after the sum (He et al. 2016, Identity Mappings)."""


class Shortcut(StrEnum):
    """What carries x past the branch (He et al. 2015, section 4.1)."""

    NONE = "none"
    """Nothing: the plain network."""
    A = "A"
    """Identity; where shapes change, stride-2 subsampling and zero-padded channels."""
    B = "B"
    """Identity; where shapes change, a 1x1 projection."""
    C = "C"
    """A 1x1 projection in every block."""


class Normalisation(StrEnum):
    """What stands after (post) or before (pre) every convolution."""

    BATCH = "batch"
    """Batch normalisation; convolutions have no bias."""
    NONE = "none"
    """Nothing; convolutions have a bias."""


class Stage(NamedTuple):
    """One stage of blocks of one feature-map size."""

    width: int
    """Channels of the branch's 3×3 convolutions."""
    blocks: int
    stride: int
    """Of the first block: 2 where the feature map halves."""


Size = Annotated[int, Field(ge=4, le=256)]
Shape = tuple[int, ...]
"""Channels, height, width; or features alone after pooling. Never with the batch axis."""


class NetworkSpec(BaseModel):
    """One network of the CIFAR form: three stages of blocks, 6n+2 or 9n+2 weighted layers."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    depth: int = 56
    """Weighted layers on the main path: 6n+2 for basic, 9n+2 for bottleneck blocks, up to 1202."""
    block: Block = Block.BASIC
    """Two 3x3 convolutions, or 1x1, 3x3, 1x1."""
    order: Order = Order.POST
    """Normalisation and relu after each convolution, or before it."""
    shortcut: Shortcut = Shortcut.A
    """What carries x past the branch; none makes the network plain."""
    width: int = Field(default=16, ge=4, le=64)
    """Channels of the first stage; doubled in the second, doubled again in the third."""
    normalisation: Normalisation = Normalisation.BATCH
    """Batch normalisation, or none and biases instead."""
    branch_scale: float = Field(default=1.0, gt=0, le=10, allow_inf_nan=False)
    """The constant alpha in y = shortcut(x) + alpha F(x)."""
    zero_last_gain: bool = False
    """Start every branch at F(x) = 0, so that every block starts as its shortcut."""
    input_shape: tuple[Annotated[int, Field(ge=1, le=4)], Size, Size] = (3, 32, 32)
    """Channels, height, width of a picture."""
    classes: int = Field(default=10, ge=2, le=1000)
    """Outputs of the classifier."""

    @model_validator(mode="after")
    def _depth_fits(self) -> Self:
        unit = self.layers_per_step
        if self.depth not in depths(self.block):
            low, high = nearest_depths(self.depth, self.block)
            raise PydanticCustomError(
                "spec",
                "depth is {depth}: {block} blocks need {unit}n+2 layers, at most {most}; the nearest two are {low} and {high}.",
                {
                    "depth": self.depth,
                    "block": self.block.value,
                    "unit": unit,
                    "most": depths(self.block)[-1],
                    "low": low,
                    "high": high,
                },
            )
        return self

    @model_validator(mode="after")
    def _zero_gain_needs_shortcut(self) -> Self:
        if self.zero_last_gain and self.plain:
            raise PydanticCustomError(
                "spec", "zero_last_gain is true: it needs a shortcut (A, B or C), for without one every block would output zero."
            )
        return self

    @property
    def plain(self) -> bool:
        """Whether nothing passes the branch."""
        return self.shortcut is Shortcut.NONE

    @property
    def layers_per_block(self) -> int:
        """Convolutions on the branch."""
        return 2 if self.block is Block.BASIC else 3

    @property
    def layers_per_step(self) -> int:
        """Layers that one more block in each of the three stages adds."""
        return 3 * self.layers_per_block

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stages in order; the feature map halves and the width doubles from each to the next."""
        return tuple(Stage(self.width * 2**index, self.blocks_per_stage, 2 if index else 1) for index in range(3))

    @property
    def stride_first(self) -> bool:
        """Whether a bottleneck strides on its first 1×1 convolution, not on its 3×3."""
        return False

    @property
    def blocks_per_stage(self) -> int:
        """The n of 6n+2 and 9n+2."""
        return (self.depth - 2) // self.layers_per_step

    @property
    def expansion(self) -> int:
        """Output channels of a block over its width."""
        return 1 if self.block is Block.BASIC else 4

    @property
    def title(self) -> str:
        """The papers' way of naming it: plain-56, residual-56, pre-activation-110."""
        if self.plain:
            kind = "plain"
        else:
            kind = "residual" if self.order is Order.POST else "pre-activation"
        return f"{kind}-{self.depth}"

    def with_changes(self, **changes: object) -> "NetworkSpec":
        """Return a validated copy; raises ValidationError as the constructor does."""
        return type(self).model_validate({**self.model_dump(), **changes})

    def twin(self) -> "NetworkSpec":
        """Return the plain twin of a residual network, or the option-A twin of a plain one."""
        if self.plain:
            return self.with_changes(shortcut=Shortcut.A)
        return self.with_changes(shortcut=Shortcut.NONE, zero_last_gain=False)

    def differences(self, other: "NetworkSpec") -> dict[str, tuple[object, object]]:
        """Return field -> (mine, the other's) for every field that differs."""
        mine, others = self.model_dump(), other.model_dump()
        return {name: (mine[name], others[name]) for name in mine if mine[name] != others[name]}


def depths(block: Block) -> range:
    """Return every depth that fits the form, smallest first."""
    unit = 6 if block is Block.BASIC else 9
    return range(unit + 2, MAX_DEPTH + 1, unit)


def nearest_depths(depth: int, block: Block) -> tuple[int, int]:
    """Return the two fitting depths around (or, outside the range, nearest to) a depth."""
    fitting = depths(block)
    index = min(max((depth - fitting[0]) // fitting.step, 0), len(fitting) - 2)
    return fitting[index], fitting[index + 1]
