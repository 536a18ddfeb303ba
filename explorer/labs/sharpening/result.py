"""How two networks learned to sharpen a photo."""

from explorer.labs.sharpening.spec import SharpeningSpec
from explorer.questions.question import Question
from explorer.questions.result import Result


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


QUESTION = Question(__name__, SharpeningSpec, Sharpening, doing="Training both networks", takes_file=True)
