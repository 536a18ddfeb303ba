"""How stacks learned to be the identity."""

from explorer.labs.identity.spec import IdentitySpec
from explorer.questions.question import Question
from explorer.questions.result import Result


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


QUESTION = Question(__name__, IdentitySpec, IdentityLearned, doing="Training both stacks")
