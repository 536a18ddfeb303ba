"""A plain and a residual network of eight blocks learn to tell two spirals apart."""

from collections.abc import Callable

import torch
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits, pad

from explorer.results.labs import BlockWeights, EnsembleNetwork
from explorer.specs.ensemble import BLOCKS, HIDDEN, STEPS, WIDTH
from explorer.specs.spirals import two_spirals


class Blocks(nn.Module):
    """Blocks V tanh(Wx + b), each with its input added if there are shortcuts, and a linear read-out."""

    def __init__(self, seed: int, *, shortcut: bool) -> None:
        super().__init__()
        draw, self.shortcut = torch.Generator().manual_seed(seed), shortcut
        self.first = nn.ParameterList(torch.randn(HIDDEN, WIDTH, generator=draw) / WIDTH**0.5 for _ in range(BLOCKS))
        self.bias = nn.ParameterList(torch.randn(HIDDEN, generator=draw) for _ in range(BLOCKS))
        self.second = nn.ParameterList(torch.randn(WIDTH, HIDDEN, generator=draw) / HIDDEN**0.5 for _ in range(BLOCKS))
        self.readout = nn.Parameter(torch.randn(WIDTH, generator=draw) / WIDTH**0.5)
        self.offset = nn.Parameter(torch.zeros(()))

    def forward(self, points: Tensor) -> Tensor:
        """Return the logit of the second spiral for points N×2."""
        x = pad(points, (0, WIDTH - 2))
        for first, bias, second in zip(self.first, self.bias, self.second, strict=True):
            out = torch.tanh(x @ first.T + bias) @ second.T
            x = x + out if self.shortcut else out
        return x @ self.readout + self.offset


def learn_ensemble(
    seed: int, *, shortcut: bool, steps: int = STEPS, report: Callable[[float, str], None] | None = None
) -> EnsembleNetwork:  # fmt: skip
    """Return a network after Adam (0.01) on all points at a time, fp32; same seed, same answer."""
    places, names = two_spirals()
    points, labels = torch.tensor(places), torch.tensor(names, dtype=torch.float32)
    network, losses = Blocks(seed, shortcut=shortcut), []
    optimiser = torch.optim.Adam(network.parameters(), lr=0.01)
    for step in range(steps):
        loss = binary_cross_entropy_with_logits(network(points), labels)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        losses.append(loss.item())
        if report and step % 10 == 0:
            report(step / steps, f"{'residual' if shortcut else 'plain'} network, loss {losses[-1]:.3g}")
    return _packed(network, losses)


@torch.no_grad()
def _packed(network: Blocks, losses: list[float]) -> EnsembleNetwork:
    blocks = [
        BlockWeights.model_validate({"first": first.tolist(), "bias": bias.tolist(), "second": second.tolist()})
        for first, bias, second in zip(network.first, network.bias, network.second, strict=True)
    ]
    return EnsembleNetwork(
        shortcut=network.shortcut, blocks=tuple(blocks), readout=tuple(network.readout.tolist()),
        offset=network.offset.item(), losses=tuple(losses),
    )  # fmt: skip
