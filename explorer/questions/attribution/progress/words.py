"""Which score is drawn over training, and at which checkpoints."""

from collections.abc import Sequence

from explorer.questions.attribution.checks.figure import MASK
from explorer.specs.control import Choice, Switch

TRAINING = Switch("mask_training", "Over training", start=False)
SCORE = Choice("mask_score", "Score", "inside", options=tuple(MASK), words=MASK.__getitem__, address=False, silent=True)


def heading(score: str) -> str:
    """Return what is drawn."""
    return f"{MASK[score]} over training"


def spread(steps: Sequence[int]) -> list[int]:
    """Return at most six of the steps, evenly chosen, the first and the last among them."""
    return sorted({steps[round(place * (len(steps) - 1) / 5)] for place in range(6)}) if steps else []
