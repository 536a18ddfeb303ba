"""What is recorded on the way: gradient norms in one fused call, and where a loss stopped being finite."""

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import Tensor, nn

from explorer.networks import ResidualNetwork


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
