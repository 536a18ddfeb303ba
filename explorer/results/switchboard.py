"""Gradient norms of the first step, for every setting of the switches."""

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from explorer.specs.network import Normalisation

Values = tuple[float | None, ...]
"""One a depth; None where the number was not finite."""


class FirstStep(BaseModel):
    """One network form at one setting, over depth: norms of the loss's gradient before any training."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    plain: bool
    normalisation: Normalisation
    scale: str
    """Which initial weights: a name of `explorer.specs.switchboard.SCALES`."""
    depths: tuple[int, ...]
    first: Values
    """Gradient norm of the first weighted layer."""
    low: Values
    """The smallest norm of any weighted layer."""
    high: Values
    """The largest norm of any weighted layer."""

    @property
    def growth(self) -> float | None:
        """The first layer's norm in the deepest network over that in the shallowest."""
        shallow, deep = self.first[0], self.first[-1]
        return deep / shallow if shallow and deep is not None else None


_RESULTS = TypeAdapter(tuple[FirstStep, ...])


def to_json(results: tuple[FirstStep, ...]) -> bytes:
    """Return all settings of one request."""
    return _RESULTS.dump_json(results)


def from_json(content: bytes) -> tuple[FirstStep, ...]:
    """Return what `to_json` packed; raises ValueError for anything else."""
    try:
        return _RESULTS.validate_json(content)
    except ValidationError as error:
        raise ValueError(f"These bytes are no switch-board: {error.error_count()} values do not fit.") from error
