"""How a recurrent network learned the adding problem."""

from explorer.labs.through_time.spec import AddingSpec, Cell
from explorer.questions.question import Question
from explorer.questions.result import Result


class AddingLearned(Result):
    """One recurrent network that was trained on the adding problem."""

    cell: Cell
    errors: tuple[float, ...]
    """Mean square error of every step's fresh sequences, before the step; a run that is not finite ends early."""


QUESTION = Question(__name__, AddingSpec, AddingLearned, doing="Training")
