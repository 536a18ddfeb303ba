"""Narrow, deep networks of one number, and a wide one, learn a function that is close to the identity or far from it."""

import math
from typing import get_args

import torch
from torch import Tensor, nn

from explorer.labs.approximation.result import Approximation, Kind
from explorer.labs.approximation.spec import POINTS, SPAN, STEPS, ApproximationSpec, wanted, wide_units
from explorer.questions.given import Given, Report, silent


def measure(spec: ApproximationSpec, given: Given) -> tuple[Approximation, ...]:
    """Return the four trained networks."""
    kinds: tuple[Kind, ...] = get_args(Kind)
    parts = given.parts([""] * len(kinds))
    return tuple(learn_function(spec, kind, part) for kind, part in zip(kinds, parts, strict=True))


class Narrow(nn.Module):
    """Blocks v·tanh(wx + b) + c from one number to one number, each with its input added if there are shortcuts."""

    def __init__(self, spec: ApproximationSpec, *, shortcut: bool) -> None:
        super().__init__()
        draw, self.shortcut = torch.Generator().manual_seed(spec.seed), shortcut
        self.blocks = nn.ModuleList()
        for _ in range(spec.blocks):
            into, out = nn.Linear(1, spec.units), nn.Linear(spec.units, 1)
            into.weight.data = torch.randn(spec.units, 1, generator=draw)
            into.bias.data = torch.randn(spec.units, generator=draw)
            out.weight.data = 0.5 * torch.randn(1, spec.units, generator=draw)
            out.bias.data = torch.zeros(1)
            self.blocks.append(nn.Sequential(into, nn.Tanh(), out))

    def forward(self, x: Tensor) -> Tensor:
        """Return the last block's number for every x, N×1."""
        for block in self.blocks:
            x = x + block(x) if self.shortcut else block(x)
        return x


def learn_function(spec: ApproximationSpec, kind: Kind, report: Report = silent) -> Approximation:
    """Return a network after Adam (0.01) on all points at a time, fp32.

    `rest` learns f − x with a plain network; `wide` is one residual block with about as many parameters.
    """
    if kind == "wide":
        spec = spec.model_copy(update={"blocks": 1, "units": wide_units(spec.blocks, spec.units)})
    x = torch.linspace(-SPAN, SPAN, POINTS)[:, None]
    target = torch.tensor([[wanted(point, spec.slope, spec.wiggle)] for point in x[:, 0].tolist()])
    added = x if kind == "rest" else torch.zeros_like(x)
    network, errors = Narrow(spec, shortcut=kind in {"residual", "wide"}), []
    optimiser = torch.optim.Adam(network.parameters(), lr=0.01)
    for step in range(STEPS):
        loss = (network(x) - (target - added)).square().mean()
        if not math.isfinite(loss.item()):
            break
        errors.append(math.sqrt(loss.item()))
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        if step % 10 == 0:
            report(step / STEPS, f"{kind}, error {errors[-1]:.3g}")
    with torch.no_grad():
        fit = (network(x) + added)[:, 0].tolist()
    return Approximation(network=kind, fit=tuple(fit), errors=tuple(errors))
