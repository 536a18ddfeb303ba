"""What the store hands out: frozen rows."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from explorer.runs.events import BLOCKWISE, LAYERWISE
from explorer.specs import Experiment
from explorer.specs.graft import Graft


class RunState(StrEnum):
    """Where a run stands."""

    QUEUED = "queued"
    TRAINING = "training"
    PAUSED = "paused"
    FINISHED = "finished"
    DIVERGED = "diverged"
    FAILED = "failed"
    STOPPED = "stopped"
    INTERRUPTED = "interrupted"

    @property
    def going(self) -> bool:
        """Whether a worker has it or will have it."""
        return self in {RunState.QUEUED, RunState.TRAINING, RunState.PAUSED}


class JobState(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"


class Command(StrEnum):
    """What the owner of a race may say to it."""

    PAUSE = "pause"
    RESUME = "resume"
    STEP = "step"
    SLOW = "slow"
    FAST = "fast"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Run:
    """One network's training."""

    id: str
    race: str
    """The id of its race, which is the id of its job."""
    lane: int
    """0 for network A."""
    owner: str
    """Digest of the browser's cookie; "cli" for the command line, empty for recorded runs."""
    experiment: Experiment
    state: RunState
    created: float
    """Epoch seconds, like the next two."""
    started: float | None = None
    ended: float | None = None
    reason: str = ""
    """A sentence where it ended early, else empty."""
    step: int = 0
    recorded: bool = False
    """Shipped with the app, not trained on this machine."""
    device_name: str = ""
    precision: str = ""
    rewinds: int = 0
    """How often it went back to a checkpoint."""
    origin: Graft | None = None
    """Where its initial weights come from; None where they come from its seed."""


@dataclass(frozen=True, slots=True)
class Steps:
    """Logged steps as columns, oldest first."""

    step: NDArray[np.int64]
    loss: NDArray[np.float32]
    accuracy: NDArray[np.float32]
    learning_rate: NDArray[np.float32]
    seconds: NDArray[np.float32]
    gradient_norms: NDArray[np.float32]
    """Steps × weighted layers."""
    profiles: NDArray[np.float32]
    """Steps × (2 weighted layers + 5 blocks): `results.LAYERWISE`, then `results.BLOCKWISE`; NaN where a step recorded
    none of it, no columns where no step did."""

    @property
    def blocks(self) -> int:
        """How many blocks the profiles tell of."""
        rest = self.profiles.shape[1] - len(LAYERWISE) * self.gradient_norms.shape[1]
        return int(max(0, rest) // len(BLOCKWISE))

    def profile(self, name: str) -> NDArray[np.float32]:
        """Return one recorded quantity by its name in `Step`, steps × layers or steps × blocks."""
        layers, blocks = self.gradient_norms.shape[1], self.blocks
        if name in LAYERWISE:
            start, size = LAYERWISE.index(name) * layers, layers
        else:
            start, size = len(LAYERWISE) * layers + BLOCKWISE.index(name) * blocks, blocks
        return self.profiles[:, start : start + size]

    @property
    def cursor(self) -> int:
        """The last step in here; 0 if there is none."""
        return int(self.step[-1]) if len(self.step) else 0


@dataclass(frozen=True, slots=True)
class Job:
    """Something a worker is asked to do."""

    id: str
    kind: str
    owner: str
    payload: str
    """JSON."""
    state: JobState
    progress: float
    """0 to 1."""
    message: str
    command: Command | str
    single: int
    """Single steps asked for and not yet done."""
    delay: float
    """Seconds between two steps."""
