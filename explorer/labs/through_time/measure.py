"""Recurrent networks learn the adding problem: add the two numbers of a long sequence that are marked.

Hochreiter and Schmidhuber 1997 (doi:10.1162/neco.1997.9.8.1735), experiment 4. We depart: numbers from 0 to 1, one marked in each
half, a linear read-out of the last state, no output gate, and gradients through all of the sequence.
"""

import math

import torch
from torch import Tensor, nn

from explorer.labs.through_time.result import AddingLearned
from explorer.labs.through_time.spec import BATCH, STEPS, WIDTH, AddingSpec, Cell
from explorer.questions.given import Given, Report, silent

PARTS = {Cell.RECURRENT: 1, Cell.FIRST: 2, Cell.FORGETFUL: 3}
"""Of a cell's weights: new content, input gate, forget gate."""


def measure(spec: AddingSpec, given: Given) -> tuple[AddingLearned]:
    """Return the trained network's errors."""
    return (learn_adding(spec, given.report),)


class Memory(nn.Module):
    """One recurrent layer over sequences of numbers and marks, and a linear read-out of its last state."""

    def __init__(self, spec: AddingSpec) -> None:
        super().__init__()
        draw, parts = torch.Generator().manual_seed(spec.seed), PARTS[spec.cell]
        self.cell, self.bias = spec.cell, spec.bias
        recurrent = spec.size * torch.randn(3, WIDTH, WIDTH, generator=draw) / math.sqrt(WIDTH)
        inputs, readout = torch.randn(3, WIDTH, 2, generator=draw), torch.randn(WIDTH, generator=draw)
        self.recurrent = nn.Parameter(recurrent[:parts].flatten(0, 1).T.contiguous())
        self.inputs = nn.Parameter(inputs[:parts].flatten(0, 1).T.contiguous())
        self.offsets = nn.Parameter(torch.zeros(parts * WIDTH))
        self.readout, self.offset = nn.Parameter(readout / math.sqrt(WIDTH)), nn.Parameter(torch.zeros(()))

    def forward(self, sequences: Tensor) -> Tensor:
        """Return one number a sequence, N, from sequences T×N×2."""
        given = sequences @ self.inputs + self.offsets
        return unrolled(self.cell, given, self.recurrent, self.bias)[-1] @ self.readout + self.offset


def unrolled(cell: Cell, given: Tensor, recurrent: Tensor, bias: float) -> list[Tensor]:
    """Return the T + 1 states N×width, zero first; the equations are those of `explorer.labs.through_time.compute`.

    `given` is what the inputs add at every step, T×N×parts·width, and `recurrent` is width × parts·width.
    """
    states = [given.new_zeros(given.shape[1], len(recurrent), requires_grad=True)]
    width = len(recurrent)
    for added in given.unbind(0):
        c = states[-1]
        if cell is Cell.RECURRENT:
            states.append(torch.tanh(torch.addmm(added, c, recurrent)))
            continue
        sums = torch.addmm(added, torch.tanh(c), recurrent)
        new, entry = torch.tanh(sums[:, :width]), torch.sigmoid(sums[:, width : 2 * width])
        kept = c if cell is Cell.FIRST else torch.sigmoid(sums[:, 2 * width :] + bias) * c
        states.append(torch.addcmul(kept, entry, new))
    return states


def sequences(length: int, count: int, draw: torch.Generator) -> tuple[Tensor, Tensor]:
    """Return T×N×2, numbers uniform from 0 to 1 beside marks 0 or 1, and N sums of the two that are marked."""
    numbers, marks, every = torch.rand(length, count, generator=draw), torch.zeros(length, count), torch.arange(count)
    marks[torch.randint(0, length // 2, (count,), generator=draw), every] = 1
    marks[torch.randint(length // 2, length, (count,), generator=draw), every] = 1
    return torch.stack([numbers, marks], 2), (numbers * marks).sum(0)


def learn_adding(spec: AddingSpec, report: Report = silent) -> AddingLearned:
    """Return a network's errors while Adam (0.01, gradients clipped at norm 1) trains it on fresh sequences; fp32."""
    network, errors = Memory(spec), []
    draw = torch.Generator().manual_seed(spec.seed + 1)
    optimiser = torch.optim.Adam(network.parameters(), lr=0.01)
    for step in range(STEPS):
        given, wanted = sequences(spec.length, BATCH, draw)
        loss = (network(given) - wanted).square().mean()
        if not math.isfinite(loss.item()):
            break
        errors.append(loss.item())
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        if step % 5 == 0:
            report(step / STEPS, f"{spec.cell} cell, step {step} of {STEPS}, error {errors[-1]:.3g}")
    return AddingLearned(cell=spec.cell, errors=tuple(errors))
