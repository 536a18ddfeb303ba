"""Networks of every kind as after some training, and pictures, all drawn at random: the same for the same seed."""

import itertools

import pytest
import torch
from torch import Tensor, nn

from explorer.networks import ResidualNetwork, build
from explorer.specs import Block, NetworkSpec, Normalisation, Order, Shortcut

VARIANTS = list(itertools.product(Block, Order, Shortcut, Normalisation))


def network(depth: int = 20, **changes: object) -> ResidualNetwork:
    fields = {"depth": depth, "width": 4, "input_shape": (1, 8, 8), **changes}
    made = build(NetworkSpec.model_validate(fields), seed=3)
    for module in made.modules():
        if isinstance(module, nn.BatchNorm2d):
            nn.init.uniform_(module.running_mean, -0.5, 0.5)
            nn.init.uniform_(module.bias, -0.5, 0.5)
    return made.eval()


@pytest.fixture(scope="module")
def pictures() -> tuple[Tensor, Tensor]:
    generator = torch.Generator().manual_seed(0)
    return torch.randn(300, 1, 8, 8, generator=generator), torch.randint(0, 10, (300,), generator=generator)
