"""A picture and a network to put it through, and what stands in for what was measured."""

import torch

from explorer.networks import ResidualNetwork, build
from explorer.questions.boundary.result import Boundary
from explorer.specs import NetworkSpec

SIDES = Boundary(
    block="stage2.block1", shortcut="padded", stride=2, incoming=(((1.0, 2.0), (3.0, 4.0)),), carried=(((1.0,),), ((0.0,),)),
    incoming_channels=1, carried_channels=2, zero_channels=(1,), label=3,
)  # fmt: skip
IMAGE = torch.randn(1, 8, 8, generator=torch.Generator().manual_seed(0))


def network(**changes: object) -> ResidualNetwork:
    fields = {"depth": 14, "width": 4, "input_shape": (1, 8, 8), **changes}
    return build(NetworkSpec.model_validate(fields), seed=2)
