"""The loss on a line or plane through trained weights, along filter-normalised random directions.

Li et al. 2018, Visualizing the Loss Landscape of Neural Nets (arXiv:1712.09913), section 4: every filter of a direction
is given the norm of the filter it is added to, so that scaling a network's filters changes nothing. As there, biases and
batch norm's own parameters are not moved, and its running statistics stay as they were trained (evaluation mode).
"""

import copy
import hashlib
import math
from collections.abc import Callable

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from explorer.datasets import Dataset
from explorer.networks import ResidualNetwork
from explorer.questions.given import Given, Report
from explorer.questions.surface.result import Row, Surface
from explorer.questions.surface.spec import SurfaceSpec

PICTURES = 256
"""The first of the training set: what the loss is the mean of."""
CHUNK = 256
Growing = Callable[[float, Surface], None]
"""Takes how much is done, 0 to 1, and the picture so far; may raise to end it."""


def measure(spec: SurfaceSpec, given: Given) -> tuple[Surface, ...]:
    """Return one Surface a run; what is known so far is reported on the way."""
    done: list[Surface] = []

    def look(network: ResidualNetwork, data: Dataset, report: Report) -> Surface:
        device = next(network.parameters()).device
        images = data.normalise(data.train_images[:PICTURES].to(device))
        found = surface(
            network, images, data.train_labels[:PICTURES].to(device), dimensions=spec.dimensions,
            points=spec.points, span=spec.span, seed=spec.seed,
            report=lambda share, so_far: report(share, "the loss around it", [*done, so_far]),
        )  # fmt: skip
        done.append(found)
        return found

    return given.each(spec, look)


def surface(
    network: ResidualNetwork,
    images: Tensor,
    labels: Tensor,
    *,
    dimensions: int,
    points: int,
    span: float,
    seed: int,
    report: Growing = lambda _share, _so_far: None,
) -> Surface:
    """Return the mean cross-entropy on the grid; images N×C×H×W normalised and labels N, on the network's device.

    Twins share their directions before normalisation: they are drawn from (seed, the weight's name).
    """
    places = [span * (2 * place / (points - 1) - 1) for place in range(points)]
    rows: list[Row | None] = [None] * (points if dimensions == 2 else 1)
    walk = _Walk(network, [seed, seed + 2**31][:dimensions])
    images = images.contiguous(memory_format=torch.channels_last)

    def so_far() -> Surface:
        return Surface(places=tuple(places), rows=tuple(rows), pictures=len(labels))

    for done, place in enumerate(_from_the_middle(len(rows))):
        report(done / len(rows), so_far())
        across = places[place] if dimensions == 2 else 0.0
        losses = [walk.loss([along, across][:dimensions], images, labels) for along in places]
        rows[place] = tuple(loss if math.isfinite(loss) else None for loss in losses)
    return so_far()


class _Walk:
    """A private copy of a network that can be put anywhere on the plane."""

    def __init__(self, network: ResidualNetwork, seeds: list[int]) -> None:
        self.network = copy.deepcopy(network).eval().requires_grad_(requires_grad=False)
        self.network.to(memory_format=torch.channels_last)
        named = [(name, weight) for name, weight in self.network.named_parameters() if weight.ndim > 1]
        self.weights: list[Tensor] = [weight for _, weight in named]
        self.start = [weight.clone() for weight in self.weights]
        self.directions = [[filter_normalised(name, weight, seed) for name, weight in named] for seed in seeds]

    @torch.inference_mode()
    def loss(self, steps: list[float], images: Tensor, labels: Tensor) -> float:
        """Return the mean cross-entropy at the trained weights plus so much of each direction."""
        moved = self.start
        for step, direction in zip(steps, self.directions, strict=True):
            moved = list(torch._foreach_add(moved, direction, alpha=step))
        torch._foreach_copy_(self.weights, moved)
        parts = zip(torch.split(images, CHUNK), torch.split(labels, CHUNK), strict=True)
        total = sum(cross_entropy(self.network(some), right, reduction="sum") for some, right in parts)
        return float(total) / len(labels)


def filter_normalised(name: str, weight: Tensor, seed: int) -> Tensor:
    """Return a random direction for a weight, each of its filters (first axis) as long as the weight's own."""
    digest = hashlib.sha256(f"{seed} {name}".encode()).digest()
    generator = torch.Generator().manual_seed(int.from_bytes(digest[:4], "big"))
    drawn = torch.randn(weight.shape, generator=generator).to(weight)
    scale: Tensor = weight.flatten(1).norm(dim=1) / drawn.flatten(1).norm(dim=1)
    return drawn * scale.view(-1, *[1] * (weight.ndim - 1))


def _from_the_middle(count: int) -> list[int]:
    """Return places ordered by their distance from the middle: the picture grows from the trained weights outwards."""
    return sorted(range(count), key=lambda place: abs(place - count // 2))
