"""How right a method's maps are: numbers a picture, and what follows for their mean."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Self

import numpy as np
from pydantic import model_validator

from explorer.questions.attribution.checks.spec import Check, CheckSpec
from explorer.questions.attribution.methods.spec import Method
from explorer.questions.question import Question
from explorer.questions.result import Result

DRAWS = 2000
"""Resamples of the pictures behind an interval."""


class Interval(NamedTuple):
    """A mean over pictures and where it may lie."""

    mean: float
    low: float
    high: float
    """Ends of the 95 % interval, by the bootstrap over pictures (Efron 1979), percentiles."""


class Checked(Result):
    """One method's maps of one network held against one thing."""

    check: Check
    method: Method
    names: tuple[str, ...]
    """What was measured: scores, shares of pixels, or layers."""
    values: tuple[tuple[float, ...], ...]
    """For each name a number a picture."""

    @model_validator(mode="after")
    def _one_row_a_name(self) -> Self:
        if len(self.names) != len(self.values) or len({len(row) for row in self.values}) > 1:
            raise ValueError("values do not fit names")
        return self

    @property
    def pictures(self) -> int:
        """How many pictures were asked."""
        return len(self.values[0]) if self.values else 0

    def interval(self, name: str) -> Interval:
        """Return the mean of a score over pictures with its 95 % interval; the same result gives the same interval."""
        row = np.asarray(self.values[self.names.index(name)])
        drawn = np.random.default_rng(0).integers(0, len(row), (DRAWS, len(row)))
        low, high = np.percentile(row[drawn].mean(axis=1), [2.5, 97.5])
        return Interval(float(row.mean()), float(low), float(high))


def by_network(parts: Iterable[Sequence[Checked]], networks: int) -> list[list[Checked]]:
    """Return for each network its checked methods, from parts that each have as many of one network as of the next."""
    found: list[list[Checked]] = [[] for _ in range(networks)]
    for part in parts:
        each = len(part) // networks
        for index in range(networks):
            found[index] += part[index * each : (index + 1) * each]
    return found


def of_method(results: Iterable[Sequence[Checked]], method: Method) -> list[Checked]:
    """Return what was checked of one method, network by network."""
    return [next(one for one in network if one.method == method) for network in results]


QUESTION = Question(__name__, CheckSpec, Checked, doing="Computing the maps")
