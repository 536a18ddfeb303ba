"""What is recorded on the way, along the depth of a network; and where a loss stopped being finite."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import torch
from torch import Tensor, nn
from torch.linalg import vector_norm

from explorer.networks import ResidualNetwork
from explorer.networks.taps import Taps, tapping
from explorer.results import BLOCKWISE, LAYERWISE

SAMPLE = 16
"""Pictures of a batch whose responses and branches are looked at: an eighth of the cost, the same picture."""


class Probe:
    """Watches updates of one network: all that `Step` tells along the depth, as one tensor that stays on the device."""

    def __init__(self, network: ResidualNetwork) -> None:
        self.network, self.weights = network, layer_weights(network)
        self.layers = [network.get_submodule(layer.name) for layer in network.outline.responses]
        self.responses: list[Tensor] = []
        self.sums: list[Tensor] = []
        self.parts: list[list[Tensor]] = []
        self.before: list[Tensor] = []
        self.zero = self.weights[0].new_zeros(())
        self.missing = self.zero + float("nan")

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Watch the forward pass inside, and the backward pass that follows it."""
        self.responses, self.sums, self.parts = [], [], []
        handles = [layer.register_forward_hook(self._respond) for layer in self.layers]
        try:
            with tapping(self.network, self._pass):
                yield
        finally:
            for handle in handles:
                handle.remove()

    def _respond(self, _layer: nn.Module, _inputs: object, output: Tensor) -> None:
        some = output.detach()[:SAMPLE].float()
        self.responses += (vector_norm(some) / some.numel() ** 0.5, some.mean())

    def _pass(self, taps: Taps) -> None:
        parts = [self.zero] * 3
        views = (taps.over_shortcut, taps.through_branch, taps.x)
        for place, view in enumerate(views):
            if view is not None:
                view.register_hook(_norm_into(parts, place))  # type: ignore[no-untyped-call]  # torch's own
        self.parts.append(parts)
        if taps.carried is None:
            self.sums += (self.missing,) * 3
        else:
            branch, carried = (addend.detach()[:SAMPLE].float() for addend in (taps.branch, taps.carried))
            self.sums += (vector_norm(branch), vector_norm(carried), (branch * carried).sum())

    def keep_weights(self) -> None:
        """Remember the weights as they are before the optimiser changes them."""
        self.before = [weight.detach().clone() for weight in self.weights]

    def answer(self) -> Tensor:
        """Return gradient norms, then `LAYERWISE`, then `BLOCKWISE`: 3 values a weighted layer and 5 a block."""
        now = [weight.detach() for weight in self.weights]
        changed = torch.stack(torch._foreach_norm(torch._foreach_sub(now, self.before)))
        updates = changed / torch.stack(torch._foreach_norm(self.before))
        size, mean = torch.stack(self.responses).view(-1, 2).T
        responses = (size.square() - mean.square()).clamp(min=0).sqrt()
        branch, carried, product = torch.stack(self.sums).view(-1, 3).T
        split = torch.stack([part for parts in self.parts for part in parts]).view(-1, 3).T.flatten()
        layerwise = (gradient_norms(self.weights), responses, updates)
        return torch.cat([*layerwise, split, branch / carried, product / (branch * carried)]).float()


def named(values: list[float], layers: int, blocks: int) -> dict[str, tuple[float, ...]]:
    """Return a probe's answer by the names of `Step`."""
    names = ("gradient_norms", *LAYERWISE, *BLOCKWISE)
    sizes = [layers] * (1 + len(LAYERWISE)) + [blocks] * len(BLOCKWISE)
    told, start = {}, 0
    for name, size in zip(names, sizes, strict=True):
        told[name] = tuple(values[start : start + size])
        start += size
    return told


def _norm_into(parts: list[Tensor], place: int) -> Callable[[Tensor], None]:
    def keep(gradient: Tensor) -> None:
        parts[place] = vector_norm(gradient, dtype=torch.float32)

    return keep


def layer_weights(network: ResidualNetwork) -> list[nn.Parameter]:
    """Return the weight of every weighted layer, first layer first."""
    return [network.get_submodule(layer.name).get_parameter("weight") for layer in network.outline.weighted_layers]


def gradient_norms(weights: list[nn.Parameter]) -> Tensor:
    """Return the Euclidean norm of every weight's gradient, one value a layer, still on the device."""
    gradients = [weight.grad for weight in weights if weight.grad is not None]
    return torch.stack(torch._foreach_norm(gradients))


def all_finite(network: nn.Module) -> bool:
    """Return whether every weight is a finite number."""
    greatest = torch._foreach_norm([weight.detach() for weight in network.parameters()], float("inf"))
    return bool(torch.stack(greatest).isfinite().all())


def first_unfinite_layer(network: ResidualNetwork, images: Tensor) -> str:
    """Return the name of the first layer, in forward order, whose output on these pictures is not finite.

    Where every output is finite the loss alone was not: then it is the classifier.
    """
    found: list[str] = []
    with torch.no_grad(), _watched(network, found):
        network(images)
    return found[0] if found else network.outline.weighted_layers[-1].name


@contextmanager
def _watched(network: ResidualNetwork, found: list[str]) -> Iterator[None]:
    def watch(name: str, output: Tensor) -> None:
        if not torch.isfinite(output).all():
            found.append(name)

    layers = [(layer.name, network.get_submodule(layer.name)) for layer in network.outline.layers]
    handles = [
        module.register_forward_hook(lambda _module, _inputs, output, name=name: watch(name, output))
        for name, module in layers
    ]
    try:
        yield
    finally:
        for handle in handles:
            handle.remove()
