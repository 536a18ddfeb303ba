"""From a spec to a network with its initial weights."""

import hashlib

import torch
from torch import Tensor, nn

from explorer.networks.network import ResidualNetwork
from explorer.specs import BlockOutline, LayerKind, NetworkSpec, Normalisation, Order, outline


def build(spec: NetworkSpec, seed: int = 0) -> ResidualNetwork:
    """Return the network of a spec, on the CPU, in fp32.

    Every weight is drawn from (seed, its name): networks that share a layer's name and shape share its initial
    weights, so plain and residual twins start alike. The global generator is left as it was.
    """
    with torch.random.fork_rng(devices=[]), torch.no_grad():
        network = ResidualNetwork(outline(spec))
        for name, weight in network.named_parameters():
            _initialise(name, weight, seed)
        if spec.zero_last_gain:
            for block in network.outline.blocks:
                zero_branch(network, block, spec)
    return network


def _initialise(name: str, weight: Tensor, seed: int) -> None:
    """He initialisation (He et al. 2015, Delving Deep, eq. 14, the backward form that keeps gradient norms)."""
    digest = hashlib.sha256(f"{seed} {name}".encode()).digest()
    generator = torch.Generator().manual_seed(int.from_bytes(digest[:7], "big"))
    if weight.ndim == 4:
        nn.init.kaiming_normal_(weight, mode="fan_out", nonlinearity="relu", generator=generator)
    elif weight.ndim == 2:
        # The classifier has no relu after it: variance 1 / inputs.
        nn.init.kaiming_normal_(weight, mode="fan_in", nonlinearity="linear", generator=generator)
    elif name.endswith(".bias"):
        nn.init.zeros_(weight)


def zero_branch(network: ResidualNetwork, block: BlockOutline, spec: NetworkSpec) -> None:
    """Make F(x) = 0: by the last norm's gain, or by the last convolution where a relu or nothing follows that norm.

    A zero gain before a relu would pass no gradient, so pre-activation branches start at a zero convolution.
    """
    by_gain = spec.order is Order.POST and spec.normalisation is Normalisation.BATCH
    kind = LayerKind.NORM if by_gain else LayerKind.CONV
    last = [layer for layer in block.branch if layer.kind is kind][-1]
    nn.init.zeros_(network.get_submodule(last.name).get_parameter("weight"))
