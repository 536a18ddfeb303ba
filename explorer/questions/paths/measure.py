"""A residual network as 2ⁿ paths: what gradient flows along those of each length (Veit et al. 2016, arXiv:1605.06431).

Backward through a block the gradient parts into what comes over the shortcut and what comes through the branch; a path
takes one of the two at every block. Departures from the paper: the network is in evaluation mode, so that pictures do
not mix and a path's gradient is one picture's; and besides single paths, drawn, all paths of a length are added exactly.
"""

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from explorer.datasets import Dataset
from explorer.networks import ResidualNetwork
from explorer.networks.taps import Taps
from explorer.questions.given import Given, Report, silent
from explorer.questions.paths.result import Paths
from explorer.questions.paths.spec import PathsSpec

PICTURES = 8
"""The first of the test set; the spread over paths matters, not that over pictures."""
MEMORY = 2**26
"""Numbers that all layers together may keep for the copies of the pictures that are followed at once."""


def measure(spec: PathsSpec, given: Given) -> tuple[Paths, ...]:
    """Return one Paths a run."""

    def follow(network: ResidualNetwork, data: Dataset, report: Report) -> Paths:
        device = next(network.parameters()).device
        images = data.normalise(data.test_images[:PICTURES].to(device))
        labels = data.test_labels[:PICTURES].to(device)
        return paths(network, images, labels, draws=spec.draws, seed=spec.seed, report=report)

    return given.each(spec, follow)


@dataclass(frozen=True, slots=True)
class _Link:
    """One block on its own: its output, and the two views of its input that its gradient parts into."""

    output: Tensor
    taps: Taps

    def back(self, arriving: Tensor) -> tuple[Tensor | None, Tensor]:
        """Return what of a gradient at the output comes over the shortcut, None without one, and through the branch."""
        through, over = self.taps.through_branch, self.taps.over_shortcut
        inputs = [through] if over is None else [through, over]
        parts = torch.autograd.grad(self.output, inputs, arriving, retain_graph=True)
        return (None if over is None else parts[1]), parts[0]


class Chain:
    """A network's blocks, linked by detached inputs, and the gradient of each picture's loss at their end."""

    def __init__(self, network: ResidualNetwork, images: Tensor, labels: Tensor) -> None:
        private = copy.deepcopy(network).eval().requires_grad_(requires_grad=False)
        x = private.stem(images)
        self.links: list[_Link] = []
        seen: list[Taps] = []
        for block in private.blocks:
            x = block(x.detach().requires_grad_(), seen.append)
            self.links.append(_Link(x, seen[-1]))
        end = x.detach().requires_grad_()
        # The sum over pictures, not their mean: each picture's gradient is then its own loss's.
        loss = cross_entropy(private.head(end), labels, reduction="sum")
        [self.end] = torch.autograd.grad(loss, end)
        self.forks = [link.taps.over_shortcut is not None for link in self.links]

    def follow(self, through: Tensor) -> Tensor:
        """Return the gradient along one path a picture, N×C×H×W; `through` is N×blocks, true where it takes the branch."""
        gradient: Tensor = self.end
        for place in reversed(range(len(self.links))):
            over, branch = self.links[place].back(gradient)
            chosen = through[:, place].view(-1, 1, 1, 1)
            gradient = branch if over is None else torch.where(chosen, branch, over)
        return gradient

    def together(self) -> list[Tensor]:
        """Return the sum of the gradients along all paths of each length, shortest first, N×C×H×W each."""
        lengths: list[Tensor | None] = [self.end] + [None] * len(self.links)
        for link in reversed(self.links):
            longer: list[Tensor | None] = [None] * len(lengths)
            for length, gradient in enumerate(lengths):
                if gradient is None:
                    continue
                over, branch = link.back(gradient)
                _add(longer, length, over)
                _add(longer, length + 1, branch)
            lengths = longer
        empty = torch.zeros_like(self.links[0].taps.x)
        return [empty if gradient is None else gradient for gradient in lengths]


def _add(lengths: list[Tensor | None], place: int, part: Tensor | None) -> None:
    if part is not None:
        before = lengths[place]
        lengths[place] = part if before is None else before + part


def paths(network: ResidualNetwork, images: Tensor, labels: Tensor, *, draws: int, seed: int = 0, report: Report = silent) -> Paths:
    """Return what paths of each length carry; images N×C×H×W normalised and labels N, on the network's device.

    Where there are no more paths of a length than `draws`, each is followed once and the mean is exact.
    """
    report(0, "all paths of a length together")
    chain = Chain(network, images, labels)
    sums = chain.together()
    forks = [place for place, fork in enumerate(chain.forks) if fork]
    fixed = len(chain.forks) - len(forks)
    counts = [comb(len(forks), length - fixed) if length >= fixed else 0 for length in range(len(chain.forks) + 1)]
    generator = torch.Generator().manual_seed(seed)
    chosen = [_choices(forks, length - fixed, count, draws, generator) for length, count in enumerate(counts)]
    norms = _norms(network, images, labels, [one for some in chosen for one in some], report)
    single, error = [], []
    for some, count in zip(chosen, counts, strict=True):
        mine, norms = norms[: len(some)], norms[len(some) :]
        single.append(float(mine.mean()) if len(some) else 0.0)
        error.append(float(mine.std() / len(some) ** 0.5) if 1 < len(some) < count else 0.0)
    return Paths(
        counts=tuple(counts), single=tuple(single), error=tuple(error),
        together=tuple(_mean_norm(part) for part in sums), whole=_mean_norm(torch.stack(sums).sum(0)),
        pictures=len(labels), draws=draws,
    )  # fmt: skip


def _choices(forks: Sequence[int], taken: int, count: int, draws: int, generator: torch.Generator) -> list[frozenset[int]]:
    """Return sets of blocks whose branch a path takes: all there are, or as many as drawn, none twice."""
    if count <= draws:
        return [frozenset(some) for some in combinations(forks, taken)] if count else []
    found: dict[frozenset[int], None] = {}
    while len(found) < draws:
        order = torch.randperm(len(forks), generator=generator)[:taken].tolist()
        found[frozenset(forks[place] for place in order)] = None
    return list(found)


def _norms(network: ResidualNetwork, images: Tensor, labels: Tensor, chosen: Sequence[frozenset[int]], report: Report) -> Tensor:
    """Return the mean norm over pictures of the gradient along each path, in double precision."""
    spec = network.outline.spec
    kept = 3 * spec.depth * images.shape[-1] * images.shape[-2] * spec.width  # conv, norm and relu keep one each
    size = max(1, MEMORY // (kept * len(images)))
    told = []
    chain: Chain | None = None
    for start in range(0, len(chosen), size):
        report(start / len(chosen), "paths, one by one")
        some = chosen[start : start + size]
        if chain is None or len(some) < size:
            chain = Chain(network, images.repeat(len(some), 1, 1, 1), labels.repeat(len(some)))
        through = torch.zeros(len(some), len(chain.links), dtype=torch.bool)
        for row, taken in enumerate(some):
            through[row, [*taken]] = True
        gradient = chain.follow(through.repeat_interleave(len(images), 0).to(images.device))
        told.append(gradient.flatten(1).double().norm(dim=1).view(len(some), len(images)).mean(1).cpu())
    return torch.cat(told)


def _mean_norm(gradient: Tensor) -> float:
    return float(gradient.flatten(1).double().norm(dim=1).mean())
