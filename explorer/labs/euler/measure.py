"""A residual and an implicit network learn to tell two spirals apart: forward and backward Euler with a learned F."""

import torch
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits

from explorer.labs.euler.result import SpiralNetwork
from explorer.labs.euler.spec import HIDDEN, LAYERS, STEP, SpiralsSpec, two_spirals
from explorer.questions.given import Given, Report, silent

NEWTON = 6
"""Steps of Newton's method in a layer."""


def measure(spec: SpiralsSpec, given: Given) -> tuple[SpiralNetwork, ...]:
    """Return the trained residual network and the implicit one."""
    parts = zip((False, True), given.parts(["", ""]), strict=True)
    return tuple(learn_spirals(spec.steps, implicit=implicit, report=part) for implicit, part in parts)


class Flow(nn.Module):
    """Ten layers in the plane that share F(x) = V tanh(Wx + b), and a linear read-out."""

    def __init__(self, *, implicit: bool, seed: int = 0) -> None:
        super().__init__()
        draw = torch.Generator().manual_seed(seed)
        self.implicit = implicit
        self.first = nn.Parameter(torch.randn(HIDDEN, 2, generator=draw))
        self.bias = nn.Parameter(torch.randn(HIDDEN, generator=draw))
        self.second = nn.Parameter(0.2 * torch.randn(2, HIDDEN, generator=draw))
        self.readout = nn.Parameter(torch.randn(2, generator=draw))
        self.offset = nn.Parameter(torch.zeros(()))

    def forward(self, x: Tensor) -> Tensor:
        """Return the logit of the second spiral for points N×2."""
        for _ in range(LAYERS):
            x = self.solved(x) if self.implicit else x + STEP * self.field(x)
        return x @ self.readout + self.offset

    def field(self, x: Tensor) -> Tensor:
        """Return F at points N×2."""
        return torch.tanh(x @ self.first.T + self.bias) @ self.second.T

    def solved(self, x: Tensor) -> Tensor:
        """Return the x' with x' = x + hF(x'), so that its gradient is that of the solution, not of the search.

        The search is not differentiated; one step of Newton's method from the solution is, its matrix held fixed: the
        implicit function theorem.
        """
        with torch.no_grad():
            found = x
            for _ in range(NEWTON):
                found = found - self._step(self._inverse(found), found, x)
            inverse = self._inverse(found)
        return found - self._step(inverse, found, x)

    def _step(self, inverse: Tensor, found: Tensor, x: Tensor) -> Tensor:
        missing: Tensor = found - x - STEP * self.field(found)
        return (inverse @ missing[..., None])[..., 0]

    def _inverse(self, x: Tensor) -> Tensor:
        slopes = 1 - torch.tanh(x @ self.first.T + self.bias) ** 2
        jacobians = torch.einsum("ih,nh,hj->nij", self.second, slopes, self.first)
        inverse: Tensor = torch.linalg.inv(torch.eye(2) - STEP * jacobians)
        return inverse


def learn_spirals(steps: int, *, implicit: bool, report: Report = silent) -> SpiralNetwork:
    """Return the network after `steps` of Adam on all points at a time, fp32; same steps, same result."""
    places, names = two_spirals()
    points, labels = torch.tensor(places), torch.tensor(names, dtype=torch.float32)
    network, losses = Flow(implicit=implicit), []
    optimiser = torch.optim.Adam(network.parameters(), lr=0.02)
    for step in range(steps):
        loss = binary_cross_entropy_with_logits(network(points), labels)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        losses.append(loss.item())
        if step % 10 == 0:
            report(step / steps, f"{'implicit' if implicit else 'residual'} network, loss {losses[-1]:.3g}")
    right = (network(points) > 0) == (labels > 0.5)
    return _packed(network, losses, float(right.float().mean()))


def _packed(network: Flow, losses: list[float], accuracy: float) -> SpiralNetwork:
    weights = {name: value.detach().tolist() for name, value in network.named_parameters()}
    told = {"implicit": network.implicit, "losses": losses, "accuracy": accuracy, **weights}
    return SpiralNetwork.model_validate(told)
