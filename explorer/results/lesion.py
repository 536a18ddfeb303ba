"""What a network still can do when blocks are taken away."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

Share = Annotated[float, Field(ge=0, le=1)]


class LesionResult(BaseModel):
    """The test error of one network, intact and after every lesion of a study."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    intact: Share
    """Share of test pictures misclassified by the whole network."""
    lesions: tuple[str, ...]
    """What was done: names of blocks, or how many were taken away or changed places."""
    errors: tuple[tuple[Share, ...], ...]
    """For every lesion the share misclassified in each draw; empty where this network does not allow it."""
    pictures: int
    """How many test pictures were asked: all there are."""


_RESULTS = TypeAdapter(tuple[LesionResult, ...])


def to_json(results: tuple[LesionResult, ...]) -> bytes:
    """Return the results of one request, in the order of its runs."""
    return _RESULTS.dump_json(results)


def from_json(content: bytes) -> tuple[LesionResult, ...]:
    """Return what `to_json` packed; raises ValueError for anything else."""
    try:
        return _RESULTS.validate_json(content)
    except ValidationError as error:
        raise ValueError(f"These bytes are no lesion study: {error.error_count()} values do not fit.") from error
