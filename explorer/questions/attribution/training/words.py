"""What is said of maps over training."""

from collections.abc import Sequence

from explorer.drawing.palette import LETTERS
from explorer.questions.attribution.methods.result import AttributionResult
from explorer.questions.attribution.methods.words import finding

MOST = 10
"""Columns beside each other; of more checkpoints, some in even steps are shown."""
ONE_CHECKPOINT = (
    "These networks have one checkpoint in common: recorded networks keep only their last. Train your own on Explore, "
    "and come back to watch what they look at while they learn."
)


def spread(steps: Sequence[int]) -> list[int]:
    """Return all steps, or MOST of them in even steps with the first and the last."""
    count = min(len(steps), MOST)
    return [steps[round(place * (len(steps) - 1) / max(1, count - 1))] for place in range(count)]


def learned(parts: Sequence[Sequence[AttributionResult]], steps: Sequence[int], titles: Sequence[str]) -> str:
    """Return in words how the networks' answers changed from the first to the last of some steps."""
    if not parts[0] or not parts[-1]:
        return f"From step {steps[0]} to step {steps[-1]}"
    if (parts[0][0].labels < 0).any():
        return f"Step {steps[-1]}: {finding(parts[-1], titles)}"
    words = [
        f"{name} {int((first.predictions == first.labels).sum())} → {int((last.predictions == last.labels).sum())}"
        for name, first, last in zip(LETTERS, parts[0], parts[-1], strict=False)
    ]
    return f"Right of {len(parts[0][0].labels)}, step {steps[0]} → {steps[-1]}: {', '.join(words)}"
