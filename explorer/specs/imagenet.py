"""The ImageNet form (He et al. 2015, Table 1): four stages after a 7×7 convolution and a max pool."""

from typing import Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from explorer.specs.network import Block, NetworkSpec, Normalisation, Order, Shortcut, Size, Stage

BLOCKS = {18: (2, 2, 2, 2), 34: (3, 4, 6, 3), 50: (3, 4, 6, 3), 101: (3, 4, 23, 3), 152: (3, 8, 36, 3)}
"""Blocks of each stage, by depth."""
BASIC_UP_TO = 34
"""Deeper ones have bottleneck blocks."""


class ImagenetSpec(NetworkSpec):
    """ResNet-18, 34, 50, 101 or 152, or the plain network of that depth."""

    depth: int = 18
    """Weighted layers on the main path: 18, 34, 50, 101 or 152."""
    block: Block = Block.BASIC
    """Follows from the depth: bottlenecks from 50 on."""
    shortcut: Shortcut = Shortcut.B
    """Option B is torchvision's."""
    width: int = Field(default=64, ge=64, le=64)
    """Channels of the first stage."""
    input_shape: tuple[int, Size, Size] = (3, 224, 224)
    """Channels, height, width of a picture."""
    classes: int = Field(default=1000, ge=2, le=1000)
    """Outputs of the classifier."""
    stride_on: str = Field(default="3x3", pattern="^(1x1|3x3)$")
    """Where a bottleneck strides: the paper on its first 1×1 convolution, torchvision on its 3×3."""

    @model_validator(mode="before")
    @classmethod
    def _block_follows(cls, given: object) -> object:
        if isinstance(given, dict) and "block" not in given:
            deep = int(given.get("depth", 18)) > BASIC_UP_TO
            return {**given, "block": Block.BOTTLENECK if deep else Block.BASIC}
        return given

    @model_validator(mode="after")
    def _depth_fits(self) -> Self:
        if self.depth not in BLOCKS:
            raise _refusal(f"depth is {self.depth}: the ImageNet form has {', '.join(map(str, BLOCKS))} layers.")
        return self

    @model_validator(mode="after")
    def _form_is_the_papers(self) -> Self:
        fitting = Block.BASIC if self.depth <= BASIC_UP_TO else Block.BOTTLENECK
        if self.block is not fitting:
            raise _refusal(f"block is {self.block}: depth {self.depth} has {fitting} blocks.")
        if self.order is not Order.POST or self.normalisation is not Normalisation.BATCH:
            raise _refusal(f"order is {self.order} with {self.normalisation}: the ImageNet form is built as post with batch.")
        return self

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The four stages; the first keeps the size that the max pool gives."""
        return tuple(Stage(self.width * 2**index, blocks, 2 if index else 1) for index, blocks in enumerate(BLOCKS[self.depth]))

    @property
    def stride_first(self) -> bool:
        """Whether a bottleneck strides on its first 1×1 convolution, as the paper's do."""
        return self.stride_on == "1x1"


def _refusal(sentence: str) -> PydanticCustomError:
    return PydanticCustomError("spec", "{sentence}", {"sentence": sentence})
