"""How a network is trained."""

from enum import StrEnum
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError


class Optimiser(StrEnum):
    """The update rule."""

    SGD = "sgd"
    ADAMW = "adamw"


class Schedule(StrEnum):
    """The learning rate after the warm-up."""

    CONSTANT = "constant"
    STEP = "step"
    """Divided by 10 at a half and at three quarters of the steps (the first paper's 32k and 48k of 64k)."""
    COSINE = "cosine"
    """From the learning rate to zero along half a cosine."""


class Augmentation(StrEnum):
    """What is done to a training picture."""

    NONE = "none"
    CROP_FLIP = "crop-flip"
    """Zero padding by an eighth of the side (4 pixels at 32), a random crop, a random horizontal flip."""


class Precision(StrEnum):
    """The number format of the convolutions."""

    AUTO = "auto"
    """bf16 where this machine computes it faster, fp32 elsewhere."""
    FP32 = "fp32"
    BF16 = "bf16"
    """Autocast to bfloat16; weights, sums and norms stay in fp32."""


class Recipe(BaseModel):
    """Everything about training but the network, the data and the device."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    steps: int = Field(default=200, ge=1, le=100_000)
    """Updates of the weights."""
    batch: int = Field(default=64, ge=2, le=1024)
    """Pictures in one update."""
    optimiser: Optimiser = Optimiser.SGD
    """The update rule."""
    learning_rate: float = Field(default=0.1, gt=0, le=10, allow_inf_nan=False)
    """Its value after the warm-up."""
    momentum: float = Field(default=0.9, ge=0, lt=1)
    """SGD's momentum; AdamW's beta 1."""
    nesterov: bool = False
    """SGD looks ahead along its momentum."""
    weight_decay: float = Field(default=1e-4, ge=0, le=1, allow_inf_nan=False)
    """Pull of every weight towards zero."""
    warmup: int = Field(default=20, ge=0)
    """Steps over which the learning rate rises in a straight line to its value."""
    schedule: Schedule = Schedule.CONSTANT
    """The learning rate after the warm-up."""
    augmentation: Augmentation = Augmentation.NONE
    """What is done to a training picture."""
    seed: int = Field(default=0, ge=0, lt=2**31)
    """Initial weights and the order of the pictures; the same for every network of a race."""
    log_every: int = Field(default=1, ge=1)
    """Steps between two records of loss and gradient norms."""
    evaluate_every: int = Field(default=50, ge=1)
    """Steps between two evaluations on training and test pictures; the last step always evaluates."""
    checkpoint_every: int = Field(default=50, ge=1)
    """Steps between two checkpoints; the start and the last step always have one."""
    precision: Precision = Precision.AUTO
    """The number format of the convolutions."""

    @model_validator(mode="after")
    def _warmup_fits(self) -> Self:
        if self.warmup > self.steps:
            raise PydanticCustomError(
                "spec",
                "warmup is {warmup}: it must not be longer than the {steps} steps.",
                {"warmup": self.warmup, "steps": self.steps},
            )
        return self

    @model_validator(mode="after")
    def _nesterov_has_momentum(self) -> Self:
        if self.nesterov and (self.optimiser is not Optimiser.SGD or self.momentum == 0):
            raise PydanticCustomError("spec", "nesterov is true: it needs the optimiser sgd with a momentum above 0.")
        return self
