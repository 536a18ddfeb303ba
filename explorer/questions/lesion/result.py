"""What a network still can do when blocks are taken away."""

from typing import Annotated

from pydantic import Field

from explorer.questions.lesion.spec import LesionSpec
from explorer.questions.question import Question
from explorer.questions.result import Result

Share = Annotated[float, Field(ge=0, le=1)]


class LesionResult(Result):
    """The test error of one network, intact and after every lesion of a removal."""

    intact: Share
    """Share of test pictures misclassified by the whole network."""
    lesions: tuple[str, ...]
    """What was done: names of blocks, or how many were taken away or changed places."""
    errors: tuple[tuple[Share, ...], ...]
    """For every lesion the share misclassified in each draw; empty where this network does not allow it."""
    pictures: int
    """How many test pictures were asked: all there are."""


QUESTION = Question(__name__, LesionSpec, LesionResult, doing="Taking blocks away")
