"""What comes back: the events of a run, and one frozen result for each question."""

from explorer.results.events import (
    BLOCKWISE,
    LAYERWISE,
    Checkpoint,
    Diverged,
    Evaluation,
    Event,
    Failed,
    Finished,
    Started,
    Step,
)

__all__ = [
    "BLOCKWISE",
    "LAYERWISE",
    "Checkpoint",
    "Diverged",
    "Evaluation",
    "Event",
    "Failed",
    "Finished",
    "Started",
    "Step",
]
