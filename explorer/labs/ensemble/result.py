"""What the blocks of a trained network add to its answers."""

from explorer.labs.ensemble.spec import EnsembleSpec
from explorer.questions.question import Question
from explorer.questions.result import Result


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


QUESTION = Question(__name__, EnsembleSpec, BlockAccount, doing="Ending after each block")
