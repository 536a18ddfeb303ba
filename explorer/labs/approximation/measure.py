"""Narrow, deep networks of one number, and a wide one, learn a function that is close to the identity or far from it."""

import math
from collections.abc import Callable
from typing import Literal

import torch
from torch import Tensor, nn

from explorer.labs.approximation.spec import POINTS, SPAN, STEPS, ApproximationQuestion, wanted, wide_units
from explorer.labs.result import Approximation

Kind = Literal["plain", "residual", "rest", "wide"]


class Narrow(nn.Module):
    """Blocks v·tanh(wx + b) + c from one number to one number, each with its input added if there are shortcuts."""

    def __init__(self, question: ApproximationQuestion, *, shortcut: bool) -> None:
        super().__init__()
        draw, self.shortcut = torch.Generator().manual_seed(question.seed), shortcut
        self.blocks = nn.ModuleList()
        for _ in range(question.blocks):
            into, out = nn.Linear(1, question.units), nn.Linear(question.units, 1)
            into.weight.data = torch.randn(question.units, 1, generator=draw)
            into.bias.data = torch.randn(question.units, generator=draw)
            out.weight.data = 0.5 * torch.randn(1, question.units, generator=draw)
            out.bias.data = torch.zeros(1)
            self.blocks.append(nn.Sequential(into, nn.Tanh(), out))

    def forward(self, x: Tensor) -> Tensor:
        """Return the last block's number for every x, N×1."""
        for block in self.blocks:
            x = x + block(x) if self.shortcut else block(x)
        return x


def learn_function(
    question: ApproximationQuestion, kind: Kind, report: Callable[[float, str], None] | None = None
) -> Approximation:  # fmt: skip
    """Return a network after Adam (0.01) on all points at a time, fp32.

    `rest` learns f − x with a plain network; `wide` is one residual block with about as many parameters.
    """
    if kind == "wide":
        shape = {"blocks": 1, "units": wide_units(question.blocks, question.units)}
        question = question.model_copy(update=shape)
    x = torch.linspace(-SPAN, SPAN, POINTS)[:, None]
    target = torch.tensor([[wanted(point, question.slope, question.wiggle)] for point in x[:, 0].tolist()])
    added = x if kind == "rest" else torch.zeros_like(x)
    network, errors = Narrow(question, shortcut=kind in {"residual", "wide"}), []
    optimiser = torch.optim.Adam(network.parameters(), lr=0.01)
    for step in range(STEPS):
        loss = (network(x) - (target - added)).square().mean()
        if not math.isfinite(loss.item()):
            break
        errors.append(math.sqrt(loss.item()))
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        if report and step % 10 == 0:
            report(step / STEPS, f"{kind}, error {errors[-1]:.3g}")
    with torch.no_grad():
        fit = (network(x) + added)[:, 0].tolist()
    return Approximation(network=kind, fit=tuple(fit), errors=tuple(errors))
