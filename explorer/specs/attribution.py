"""What a person asks about the pixels: which networks, which pictures, which methods, which class."""

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from explorer.specs.outline import BlockOutline, Outline
from explorer.specs.question import Question

MAX_PICTURES = 16


class Method(StrEnum):
    """A way to share a class's logit out over the pixels."""

    SALIENCY = "saliency"
    """The logit's gradient (Simonyan et al. 2014, arXiv:1312.6034), signed, summed over channels."""
    INTEGRATED_GRADIENTS = "integrated-gradients"
    """Gradients along the straight way from the mean colour, times that way (Sundararajan et al. 2017,
    arXiv:1703.01365): they add up to what the picture adds to the logit."""
    GRAD_CAM = "grad-cam"
    """A block's channels weighted by their mean gradient (Selvaraju et al. 2017, arXiv:1610.02391); we keep
    the sign, where the paper cuts what is below zero."""
    OCCLUSION = "occlusion"
    """What the logit loses when a window is painted in the mean colour (Zeiler and Fergus 2014,
    arXiv:1311.2901)."""


class AttributionRequest(Question):
    """What is asked about the pixels of some pictures."""

    images: tuple[Annotated[int, Field(ge=0)], ...] | Literal["upload"]
    """Positions in the test set, or the file that comes with the request."""
    methods: tuple[Method, ...] = Field(default=tuple(Method), min_length=1, max_length=len(Method))
    """Each at most once."""
    block: str = Field(default="", pattern=r"^(stage[123]\.block[1-9][0-9]{0,2})?$")
    """Where Grad-CAM looks: the output of this block; the last block unless given."""
    target: int | Literal["predicted", "true"] = "predicted"
    """Which class's logit is explained: each network's own answer, the label, or this class."""

    @model_validator(mode="after")
    def _pictures_fit(self) -> Self:
        if self.images == "upload":
            if self.target == "true":
                raise _refusal("target is true: an uploaded picture has no label; choose predicted or a class.")
        elif not 1 <= len(self.images) <= MAX_PICTURES:
            raise _refusal(f"images has {len(self.images)} pictures: 1 to {MAX_PICTURES} are allowed.")
        return self

    @model_validator(mode="after")
    def _nothing_twice(self) -> Self:
        for field, values in (("runs", self.runs), ("methods", self.methods), ("images", self.images)):
            if values != "upload" and len(set(values)) < len(values):
                raise _refusal(f"{field} names something twice: each may be named once.")
        return self

    @model_validator(mode="after")
    def _target_is_a_class(self) -> Self:
        if isinstance(self.target, int) and self.target < 0:
            raise _refusal(f"target is {self.target}: classes count from 0.")
        return self


def chosen_block(form: Outline, name: str) -> BlockOutline:
    """Return the block of that name; where a stage is shorter its last block, and the last of all for ""."""
    stage = [block for block in form.blocks if block.name.split(".")[0] == name.split(".")[0]]
    return next((block for block in form.blocks if block.name == name), (stage or form.blocks)[-1])


def _refusal(sentence: str) -> PydanticCustomError:
    return PydanticCustomError("spec", "{sentence}", {"sentence": sentence})
