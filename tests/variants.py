"""Networks of every form, with statistics as after some training, and pictures for them."""

import itertools
from typing import Any

import torch
from torch import Tensor, nn

from explorer.networks import build
from explorer.specs import Block, NetworkSpec, Normalisation, Order, Shortcut

VARIANTS = list(itertools.product(Block, Order, Shortcut, Normalisation))


def network_of(block: Block, order: Order, shortcut: Shortcut, norm: Normalisation, **changes: Any) -> nn.Module:
    depth = 8 if block is Block.BASIC else 11
    spec = NetworkSpec(
        depth=depth, block=block, order=order, shortcut=shortcut, normalisation=norm, width=4, input_shape=(3, 8, 8)
    ).with_changes(**changes)
    network = build(spec, seed=1)
    generator = torch.Generator().manual_seed(3)
    with torch.no_grad():
        for module in network.modules():  # statistics as after some training, or eval mode would hide mistakes
            if isinstance(module, nn.BatchNorm2d):
                module.running_mean.normal_(0, 0.2, generator=generator)
                module.running_var.uniform_(0.5, 2, generator=generator)
                module.bias.normal_(0, 0.2, generator=generator)
    return network


def usual() -> nn.Module:
    return network_of(Block.BASIC, Order.POST, Shortcut.A, Normalisation.BATCH)


def pictures(count: int = 3, shape: tuple[int, int, int] = (3, 8, 8)) -> Tensor:
    return torch.randn(count, *shape, generator=torch.Generator().manual_seed(5))


class Small(nn.Module):
    """Two channels, x and −x; class 0 reads their means with 1 and −2, class 1 with 0 and 3."""

    def __init__(self) -> None:
        super().__init__()
        self.block = nn.Conv2d(1, 2, 1, bias=False)
        self.classifier = nn.Linear(2, 2, bias=False)
        with torch.no_grad():
            self.block.weight.copy_(torch.tensor([1.0, -1.0]).view(2, 1, 1, 1))
            self.classifier.weight.copy_(torch.tensor([[1.0, -2.0], [0.0, 3.0]]))

    def forward(self, x: Tensor) -> Tensor:
        logits: Tensor = self.classifier(self.block(x).mean((2, 3)))
        return logits


def hooks(network: nn.Module) -> int:
    kinds = ("_forward_hooks", "_forward_pre_hooks", "_backward_hooks", "_backward_pre_hooks")
    return sum(len(getattr(module, kind)) for module in network.modules() for kind in kinds)
