"""How two mappings of the plane were learned."""

from explorer.labs.correction.spec import CorrectionSpec
from explorer.questions.question import Question
from explorer.questions.result import Result


class BlockWeights(Result):
    """Of one block: V tanh(Wx + b), with x added if the network has shortcuts."""

    first: tuple[tuple[float, ...], ...]
    """W, hidden units × width."""
    bias: tuple[float, ...]
    second: tuple[tuple[float, ...], ...]
    """V, width × hidden units."""


class Correction(Result):
    """A network of the plane, V tanh(Wx + b), with x added if it has a shortcut, while it learned."""

    shortcut: bool
    snapshots: tuple[BlockWeights, ...]
    """After the steps of `explorer.labs.correction.spec.SNAPSHOTS`."""
    right: tuple[float, ...]
    """Share of the training points that is right, before every step."""


QUESTION = Question(__name__, CorrectionSpec, Correction, doing="Training both mappings")
