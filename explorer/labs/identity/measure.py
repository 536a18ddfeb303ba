"""Stacks of relu blocks, with and without shortcuts, trained to return what they are given."""

import math

import torch
from torch import Tensor, nn

from explorer.labs.identity.result import IdentityLearned
from explorer.labs.identity.spec import HIDDEN, PROBES, SPAN, STEPS, WIDTH, IdentitySpec
from explorer.questions.given import Given, Report, silent


def measure(spec: IdentitySpec, given: Given) -> tuple[IdentityLearned, ...]:
    """Return the trained plain stack and the residual one."""
    parts = zip((False, True), given.parts(["", ""]), strict=True)
    return tuple(learn_identity(spec, shortcut=shortcut, report=part) for shortcut, part in parts)


class Stack(nn.Module):
    """Blocks W₂ relu(W₁x + b₁) + b₂, each with its input added if there are shortcuts; biases start at zero.

    The blocks' weights stand in four tensors, blocks first: so the optimiser's work does not grow with the depth.
    """

    def __init__(self, spec: IdentitySpec, *, shortcut: bool) -> None:
        super().__init__()
        draw, self.shortcut = torch.Generator().manual_seed(spec.seed), shortcut
        scales = math.sqrt(2 / WIDTH), spec.scale * math.sqrt(2 / HIDDEN)
        shapes = (HIDDEN, WIDTH), (WIDTH, HIDDEN)
        drawn = [
            [scale * torch.randn(shape, generator=draw) for scale, shape in zip(scales, shapes, strict=True)]
            for _ in range(spec.blocks)
        ]
        self.first, self.second = (nn.Parameter(torch.stack(one)) for one in zip(*drawn, strict=True))
        self.biases = nn.ParameterList(
            nn.Parameter(torch.zeros(spec.blocks, size), requires_grad=spec.biases) for size in (HIDDEN, WIDTH)
        )

    def forward(self, x: Tensor) -> Tensor:
        """Return the last block's output for vectors N × WIDTH."""
        parts = (self.first.mT, self.biases[0], self.second.mT, self.biases[1])
        for first, inner, second, outer in zip(*(part.unbind() for part in parts), strict=True):
            branch = torch.addmm(outer, torch.addmm(inner, x, first).relu(), second)
            x = x + branch if self.shortcut else branch
        return x


def learn_identity(spec: IdentitySpec, *, shortcut: bool, report: Report = silent) -> IdentityLearned:
    """Return a stack's errors while Adam (0.01) trains it on fresh normal vectors, 128 a step, and its response."""
    stack, errors = Stack(spec, shortcut=shortcut), []
    optimiser = torch.optim.Adam([one for one in stack.parameters() if one.requires_grad], lr=0.01)
    draw = torch.Generator().manual_seed(spec.seed + 1)
    before = _response(stack)
    for step in range(STEPS):
        x = torch.randn(128, WIDTH, generator=draw)
        loss = (stack(x) - x).square().mean()
        if not math.isfinite(loss.item()):
            break
        errors.append(loss.item())
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        if step % 10 == 0:
            report(step / STEPS, f"{'residual' if shortcut else 'plain'} stack, error {errors[-1]:.3g}")
    return IdentityLearned(
        shortcut=shortcut, errors=tuple(errors), inputs=tuple(_inputs()[:, 0].tolist()), before=before, after=_response(stack)
    )  # fmt: skip


def _inputs() -> Tensor:
    told = torch.zeros(PROBES, WIDTH)
    told[:, 0] = torch.linspace(-SPAN, SPAN, PROBES)
    return told


@torch.no_grad()
def _response(stack: Stack) -> tuple[float, ...]:
    return tuple(stack(_inputs())[:, 0].tolist())
