"""A dataset that is at hand."""

from explorer.questions.question import Question
from explorer.questions.result import Result
from explorer.specs.dataset import DatasetSpec


class Fetched(Result):
    """How many pictures there are."""

    train: int
    test: int


QUESTION = Question(__name__, DatasetSpec, Fetched, doing="Downloading")
