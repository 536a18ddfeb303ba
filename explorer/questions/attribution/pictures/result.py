"""What a network takes test pictures for: its probabilities for every one, from which worst mistakes follow."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.questions.arrays import ArrayResult, Arrays, need, typed
from explorer.questions.question import Question
from explorer.questions.spec import TrainedSpec


@dataclass(frozen=True, slots=True, eq=False)
class Predictions(ArrayResult):
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

    def differing(self, other: "Predictions") -> tuple[int, ...]:
        """All pictures, the one on which two networks' probabilities differ most first (total variation distance)."""
        distance = np.abs(self.probabilities - other.probabilities).sum(axis=1)
        return tuple(int(place) for place in np.argsort(-distance, kind="stable"))

    def parts(self) -> tuple[dict[str, Any], dict[str, npt.NDArray[Any]]]:
        """Return what JSON can say of this result, and its arrays by name."""
        return {}, {"probabilities": self.probabilities, "labels": self.labels}

    @classmethod
    def of(cls, head: dict[str, Any], arrays: Arrays) -> "Predictions":
        """Return the result of such parts."""
        del head
        return cls(typed(arrays["probabilities"], np.float32, "probabilities"), typed(arrays["labels"], np.int64, "labels"))


def order(results: Sequence[Predictions], source: str) -> tuple[int, ...]:
    """Return the positions for "mistakes" (of network A) or "differ" (A and B; A alone differs from nobody)."""
    if source == "mistakes":
        return results[0].worst
    return results[0].differing(results[min(1, len(results) - 1)])


QUESTION = Question(__name__, TrainedSpec, Predictions, doing="Asking the test set")
