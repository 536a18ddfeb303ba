"""What a change of depth does to a trained network at once."""

from explorer.questions.graft.spec import GraftSpec
from explorer.questions.question import Question
from explorer.questions.result import Result


class Grafted(Result):
    """One network before and after, on the whole test set, without any training in between."""

    before: str
    """Its name."""
    after: str
    loss_before: float | None
    """Cross-entropy in nats, evaluation mode; None where it is not finite, like the next."""
    loss_after: float | None
    error_before: float
    """Share misclassified, 0 to 1."""
    error_after: float
    pictures: int


QUESTION = Question(__name__, GraftSpec, Grafted, doing="Changing the depth")
