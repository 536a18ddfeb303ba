"""What every method is posed, and the explanation that it gives."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from math import prod

import numpy as np
import torch
from torch import Tensor, nn

from explorer.networks import ResidualNetwork
from explorer.questions.attribution.methods.spec import MethodSettings

INNER_BATCH = 64
"""Pictures that go through the network at once, whatever a method asks for; fewer where the network is large."""
_MEMORY = 1.5e9
"""Bytes that the outputs of all layers and their gradients may take."""


@dataclass(frozen=True, slots=True)
class Posed:
    """A private copy of a network, pictures, and the class of each whose logit is to be explained."""

    forward: nn.Module
    """The network, or something that calls it and nothing else."""
    block: nn.Module
    """Whose output the methods of a block read."""
    images: Tensor
    """N×C×H×W, float32, normalised."""
    targets: Tensor
    """N, int64."""
    baselines: Tensor
    """N×C×H×W, the picture that says nothing, for each picture."""
    references: Tensor | None
    """R×C×H×W, the baselines of gradient SHAP, ordinary pictures; None for each picture's own baseline."""
    segments: Tensor
    """N×1×H×W, int64, the superpixel of every pixel, counted from 0 in each picture."""
    settings: MethodSettings
    batch: int = INNER_BATCH
    """Pictures that go through the network at once."""

    @property
    def count(self) -> int:
        """How many pictures."""
        return len(self.images)

    @property
    def steps_at_once(self) -> int:
        """How many variants of every picture fit into one inner batch."""
        return max(1, self.batch // self.count)

    def each(self) -> Iterator["Posed"]:
        """Yield the same with one picture after another."""
        return (self.of(slice(index, index + 1)) for index in range(self.count))

    def of(self, chosen: slice | Tensor) -> "Posed":
        """Return the same with some of the pictures."""
        names = ("images", "targets", "baselines", "segments")
        return replace(self, **{name: getattr(self, name)[chosen] for name in names})


def inner_batch(network: nn.Module) -> int:
    """Return how many pictures may go through a network at once, by the sizes that its outline tells."""
    if not isinstance(network, ResidualNetwork):
        return INNER_BATCH
    values = sum(prod(layer.output_shape) for layer in network.outline.layers)
    return max(1, min(INNER_BATCH, int(_MEMORY / (8 * values))))


@dataclass(frozen=True, slots=True)
class Explanation:
    """One method's map, and what only the methods that must add up have."""

    map: Tensor
    """N×H×W."""
    deltas: Tensor | None = None
    """N, what the map's sum misses of the logit's rise over the baseline."""


@contextmanager
def hooking() -> Iterator[None]:
    """Silence captum's notice that it sets hooks: they stand on a private copy."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Setting (forward, )?backward hooks", UserWarning)
        yield


@contextmanager
def drawn_from(seed: int, device: torch.device) -> Iterator[None]:
    """Seed torch's and numpy's global generators, which captum draws from, and give both back as they were."""
    before = np.random.get_state()
    with torch.random.fork_rng(devices=[device] if device.type == "cuda" else []):
        torch.manual_seed(seed)
        np.random.seed(seed)
        try:
            yield
        finally:
            np.random.set_state(before)
