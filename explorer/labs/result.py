"""What was measured for the labs."""

from typing import Literal

from explorer.labs.through_time.spec import Cell
from explorer.questions.result import Result


class HighwayGradient(Result):
    """Sizes of ∂x_L/∂x_0 by autograd in fp32, for L = 0, 1, …; 0 where fp32 has nothing smaller."""

    plain: tuple[float, ...]
    residual: tuple[float, ...]


class StrengthGradient(Result):
    """The gradient of a block's loss by its input, by autograd in fp64."""

    gradient: tuple[float, float]


class SpiralNetwork(Result):
    """A network in the plane whose layers share one F(x) = V tanh(Wx + b), after training on two spirals."""

    implicit: bool
    """Whether a layer solves x' = x + hF(x') instead of computing x' = x + hF(x)."""
    first: tuple[tuple[float, float], ...]
    """W, hidden units × 2."""
    bias: tuple[float, ...]
    second: tuple[tuple[float, ...], ...]
    """V, 2 × hidden units."""
    readout: tuple[float, float]
    offset: float
    losses: tuple[float, ...]
    """Cross-entropy of every step of training, in nats."""
    accuracy: float
    """Share of the training points that are right afterwards."""


class IdentityLearned(Result):
    """One stack that was trained to be the identity."""

    shortcut: bool
    errors: tuple[float, ...]
    """Mean square of y − x before every step of training; infinity is not kept: such a run ends there."""
    inputs: tuple[float, ...]
    """First numbers of vectors whose others are zero."""
    before: tuple[float, ...]
    """First numbers of what the stack makes of them before training."""
    after: tuple[float, ...]


class BlockWeights(Result):
    """Of one block: V tanh(Wx + b), with x added if the network has shortcuts."""

    first: tuple[tuple[float, ...], ...]
    """W, hidden units × width."""
    bias: tuple[float, ...]
    second: tuple[tuple[float, ...], ...]
    """V, width × hidden units."""


class BlockAccount(Result):
    """What a trained network of L blocks answers if it ends after each; row k is after the first k blocks, L + 1 rows."""

    blocks: tuple[str, ...]
    """Their names, first block first."""
    fixed: tuple[str, ...]
    """Of these, those that never end: plain blocks that change shapes."""
    right: tuple[float, ...]
    """Share of the test pictures that is right, L + 1."""
    downhill: tuple[float | None, ...]
    """Mean cosine between what a block adds and −∂E/∂x, L; none where it adds nothing. E is the loss if it ended before."""
    logits: tuple[tuple[tuple[float, ...], ...], ...]
    """Of the pictures that are looked at: pictures × (L + 1) × classes."""
    labels: tuple[int, ...]
    """Their true classes."""
    pictures: tuple[str, ...]
    """These pictures as rows of bytes, H×W×C, as base64."""
    asked: int
    """Test pictures that `right` is about."""


class AddingLearned(Result):
    """One recurrent network that was trained on the adding problem."""

    cell: Cell
    errors: tuple[float, ...]
    """Mean square error of every step's fresh sequences, before the step; a run that is not finite ends early."""


class Approximation(Result):
    """One network after learning a function of one number."""

    network: Literal["plain", "residual", "rest", "wide"]
    """`rest` is plain and learned f − x; its fit has x added. `wide` is one residual block."""
    fit: tuple[float, ...]
    """What it gives for the points of the question, first to last."""
    errors: tuple[float, ...]
    """Root mean square of what is missing, before every step of training; a run that is not finite ends early."""


class Correction(Result):
    """A network of the plane, V tanh(Wx + b), with x added if it has a shortcut, while it learned."""

    shortcut: bool
    snapshots: tuple[BlockWeights, ...]
    """After the steps of `explorer.labs.correction.spec.SNAPSHOTS`."""
    right: tuple[float, ...]
    """Share of the training points that is right, before every step."""


class Sharpening(Result):
    """A convolutional network that learned to sharpen the right half of a photo; pictures are of the left half.

    Pictures are rows of bytes, 0 black to 255 white, as base64.
    """

    shortcut: bool
    sharp: str
    blurred: str
    outputs: tuple[str, ...]
    """After the steps of `explorer.labs.sharpening.spec.SNAPSHOTS`."""
    quality: tuple[float, ...]
    """Peak signal-to-noise ratio of the left half in decibels, before every step."""
    untouched: float
    """The same of the blurred picture as it is."""
