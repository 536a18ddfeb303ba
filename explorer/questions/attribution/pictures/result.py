"""How a network stands on the test set: its probabilities for every picture, from which worst mistakes follow."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.questions.arrays import Arrays, need, pack, typed, unpack


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """One network on the first N test pictures."""

    probabilities: npt.NDArray[np.float32]
    """N×classes, each row adding up to 1."""
    labels: npt.NDArray[np.int64]
    """N."""

    def __post_init__(self) -> None:
        """Raise ValueError if the arrays do not fit each other."""
        need(self.probabilities.ndim == 2, "probabilities", self.probabilities)
        need(self.labels.shape == self.probabilities.shape[:1], "labels", self.labels)

    @property
    def worst(self) -> tuple[int, ...]:
        """The misclassified pictures, the one that the network was surest of first."""
        answers, sure = self.probabilities.argmax(axis=1), self.probabilities.max(axis=1)
        wrong = np.flatnonzero(answers != self.labels)
        return tuple(int(place) for place in wrong[np.argsort(-sure[wrong], kind="stable")])

    def differing(self, other: "Standing") -> tuple[int, ...]:
        """All pictures, the one on which two networks' probabilities differ most first (total variation distance)."""
        distance = np.abs(self.probabilities - other.probabilities).sum(axis=1)
        return tuple(int(place) for place in np.argsort(-distance, kind="stable"))


def to_npz(results: Sequence[Standing]) -> bytes:
    """Return the standings of one question, in the order of its networks, as one npz file."""
    return pack([({}, {"probabilities": one.probabilities, "labels": one.labels}) for one in results])


def from_npz(content: bytes) -> list[Standing]:
    """Return what `to_npz` packed; raises ValueError for anything else."""
    return unpack(content, "account of answers", _read)


def _read(_head: dict[str, Any], arrays: Arrays) -> Standing:
    return Standing(
        typed(arrays["probabilities"], np.float32, "probabilities"), typed(arrays["labels"], np.int64, "labels")
    )
