"""Changing the depth of a network: what stays, what jumps, and what cannot be done."""

import copy

import pytest
import torch
from torch import Tensor

from explorer.networks import ResidualNetwork, build
from explorer.networks.graft import grafted
from explorer.questions.graft.measure import graft
from explorer.questions.graft.result import Grafted
from explorer.specs import Block, NetworkSpec, Normalisation, Order, Shortcut
from explorer.specs.graft import Change


def network(**changes: object) -> ResidualNetwork:
    """A network whose statistics and weights are no longer those it started with."""
    fields = {"depth": 8, "width": 4, "input_shape": (1, 8, 8), **changes}
    made = build(NetworkSpec.model_validate(fields), seed=2)
    made.train()(pictures(64)[0])
    with torch.no_grad():
        for weight in made.parameters():
            weight += 0.05 * torch.randn(weight.shape, generator=torch.Generator().manual_seed(weight.numel()))
    return made.eval()


def pictures(count: int = 30) -> tuple[Tensor, Tensor]:
    return torch.randn(count, 1, 8, 8, generator=torch.Generator().manual_seed(0)), torch.arange(count) % 10


@pytest.mark.parametrize("block", Block)
@pytest.mark.parametrize("order", Order)
@pytest.mark.parametrize("shortcut", [Shortcut.A, Shortcut.B])
@pytest.mark.parametrize("normalisation", Normalisation)
def test_an_inserted_residual_block_changes_no_output(
    block: Block, order: Order, shortcut: Shortcut, normalisation: Normalisation
) -> None:
    depth = 11 if block is Block.BOTTLENECK else 8
    made = network(depth=depth, block=block, order=order, shortcut=shortcut, normalisation=normalisation)
    deeper = grafted(made, Change.INSERT).eval()
    assert deeper.outline.spec.depth == depth + made.outline.spec.layers_per_step
    torch.testing.assert_close(deeper(pictures()[0]), made(pictures()[0]), rtol=1e-5, atol=1e-6)
    told = graft(made, Change.INSERT, *pictures())
    assert told.loss_after == pytest.approx(told.loss_before, rel=1e-5)
    assert told.error_after == told.error_before


@pytest.mark.parametrize("order", Order)
def test_an_inserted_residual_block_can_learn(order: Order) -> None:
    deeper = grafted(network(order=order), Change.INSERT).train()
    deeper(pictures()[0]).square().mean().backward()
    new = [weight for name, weight in deeper.named_parameters() if "block2.branch" in name and weight.ndim > 1]
    assert new
    touched = [name for name, weight in deeper.named_parameters() if "block2.branch" in name and bool(weight.grad.any())]
    assert touched


def test_an_inserted_plain_block_makes_the_loss_jump() -> None:
    told = graft(network(shortcut=Shortcut.NONE), Change.INSERT, *pictures())
    assert abs(told.loss_after - told.loss_before) > 0.01
    assert (told.before, told.after) == ("plain-8", "plain-14")


def test_removing_what_was_inserted_gives_the_network_back() -> None:
    made = network(depth=14)
    back = grafted(grafted(made, Change.INSERT), Change.REMOVE)
    for name, value in made.state_dict().items():
        assert torch.equal(back.state_dict()[name], value), name


def test_a_removed_block_is_the_last_of_its_stage_and_all_else_stays() -> None:
    made = network(depth=14)
    fewer = grafted(made, Change.REMOVE).eval()
    x = made.stem(pictures()[0])
    for block, form in zip(made.blocks, made.outline.blocks, strict=True):
        if not form.name.endswith("block2"):
            x = block(x)
    torch.testing.assert_close(fewer(pictures()[0]), made.head(x))


def test_the_network_is_left_as_it_was_and_a_result_survives_json() -> None:
    made = network().train()
    before = copy.deepcopy(made.state_dict())
    told = graft(made, Change.INSERT, *pictures())
    assert made.training
    assert all(torch.equal(before[name], value) for name, value in made.state_dict().items())
    assert Grafted.decode(Grafted.encode([told])) == (told,)
