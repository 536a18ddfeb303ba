"""What comes back where it is mostly numbers and words: frozen, validated, JSON in the store."""

from collections.abc import Sequence
from typing import Self

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError


class Result(BaseModel):
    """One network's result of one question."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    @classmethod
    def encode(cls, results: Sequence[Self], /) -> bytes:
        """Return the results of one question, in the order of its networks, as JSON."""
        return TypeAdapter(tuple[Result, ...]).dump_json(tuple(results), serialize_as_any=True)

    @classmethod
    def decode(cls, content: bytes, /) -> tuple[Self, ...]:
        """Return what `encode` packed; raises ValueError, one sentence, for anything else."""
        try:
            return TypeAdapter(tuple[cls, ...]).validate_json(content)  # type: ignore[valid-type]
        except ValidationError as error:
            raise ValueError(f"These bytes are no {cls.__name__}: {error.error_count()} values do not fit.") from error
