"""Two networks learn to move points of the plane to their side of a line: one wholly, one by what is missing."""

import torch
from torch import Tensor, nn, tensor
from torch.nn.functional import binary_cross_entropy_with_logits

from explorer.labs.correction.result import BlockWeights, Correction
from explorer.labs.correction.spec import HIDDEN, SHARPNESS, SNAPSHOTS, CorrectionSpec, drawn_points
from explorer.questions.given import Given, Report, silent


def measure(spec: CorrectionSpec, given: Given) -> tuple[Correction, ...]:
    """Return the trained full mapping and the residual one."""
    parts = zip((False, True), given.parts(["", ""]), strict=True)
    return tuple(learn_correction(spec, shortcut=shortcut, report=part) for shortcut, part in parts)


class Mapping(nn.Module):
    """V tanh(Wx + b) from the plane to the plane, with x added if there is a shortcut."""

    def __init__(self, seed: int, *, shortcut: bool) -> None:
        super().__init__()
        draw, self.shortcut = torch.Generator().manual_seed(seed), shortcut
        self.first = nn.Parameter(torch.randn(HIDDEN, 2, generator=draw))
        self.bias = nn.Parameter(torch.randn(HIDDEN, generator=draw))
        self.second = nn.Parameter(0.1 * torch.randn(2, HIDDEN, generator=draw))

    def forward(self, x: Tensor) -> Tensor:
        """Return where points N×2 are moved to."""
        moved = torch.tanh(x @ self.first.T + self.bias) @ self.second.T
        return x + moved if self.shortcut else moved

    @torch.no_grad()
    def snapshot(self) -> BlockWeights:
        """Return the weights as plain data."""
        weights = {name: value.tolist() for name, value in self.named_parameters()}
        return BlockWeights.model_validate(weights)


def learn_correction(spec: CorrectionSpec, *, shortcut: bool, report: Report = silent) -> Correction:
    """Return a network while Adam (0.02) trains it on all points at a time; same spec, same result."""
    places, classes = drawn_points(spec.wiggle, spec.seed)
    points, labels = tensor(places), tensor(classes, dtype=torch.float32)
    network = Mapping(spec.seed, shortcut=shortcut)
    optimiser = torch.optim.Adam(network.parameters(), lr=0.02)
    snapshots, right = [], []
    for step in range(SNAPSHOTS[-1] + 1):
        logits = SHARPNESS * network(points)[:, 1]
        right.append(((logits > 0) == (labels > 0.5)).float().mean().item())
        if step in SNAPSHOTS:
            snapshots.append(network.snapshot())
        optimiser.zero_grad()
        binary_cross_entropy_with_logits(logits, labels).backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        if step % 10 == 0:
            report(step / (SNAPSHOTS[-1] + 1), f"{'residual' if shortcut else 'full'} mapping, {right[-1]:.0%} right")
    return Correction(shortcut=shortcut, snapshots=tuple(snapshots), right=tuple(right))
