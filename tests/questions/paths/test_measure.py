"""Paths against their enumeration: every subset of blocks followed one by one, with autograd."""

from itertools import combinations
from math import comb

import pytest
import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from explorer.datasets import load
from explorer.networks import ResidualNetwork, build
from explorer.questions.given import network_at
from explorer.questions.paths.measure import Chain, paths
from explorer.questions.paths.result import Paths
from explorer.runs.store import Store
from explorer.specs import Block, DatasetSpec, NetworkSpec, Normalisation, Order, Shortcut, settings
from tests.measured import measured
from tests.reference import split_of_block
from tests.trained import quiet, trained


def network(**changes: object) -> ResidualNetwork:
    fields = {"depth": 8, "width": 4, "input_shape": (1, 8, 8), **changes}
    made = build(NetworkSpec.model_validate(fields), seed=2)
    made.train()(pictures(64)[0])  # running statistics of their own
    return made.eval()


def pictures(count: int) -> tuple[Tensor, Tensor]:
    return torch.randn(count, 1, 8, 8, generator=torch.Generator().manual_seed(0)), torch.arange(count) % 10


def enumerated(made: ResidualNetwork, images: Tensor, labels: Tensor) -> dict[int, list[Tensor]]:
    """The gradient along every path, one at a time, by its length."""
    inputs, x = [], made.stem(images)
    for block in made.blocks:
        inputs.append(x.detach())
        x = block(x)
    end = x.detach().requires_grad_()
    [arriving] = torch.autograd.grad(cross_entropy(made.head(end), labels, reduction="sum"), end)
    told: dict[int, list[Tensor]] = {}
    places = range(len(inputs))
    for length in range(len(inputs) + 1):
        for taken in combinations(places, length):
            gradient = arriving
            for place in reversed(places):
                over, through = split_of_block(made.blocks[place], inputs[place], gradient)
                gradient = through if place in taken else over
            told.setdefault(length, []).append(gradient)
    return told


def mean_norm(gradient: Tensor) -> float:
    return float(gradient.flatten(1).norm(dim=1).mean())


@pytest.mark.parametrize("order", Order)
@pytest.mark.parametrize("shortcut", [Shortcut.A, Shortcut.C])
def test_drawn_and_added_paths_are_those_of_the_enumeration(order: Order, shortcut: Shortcut) -> None:
    made = network(depth=14, order=order, shortcut=shortcut).double()
    images, labels = pictures(4)
    images = images.double()
    truth = enumerated(made, images, labels)
    told = paths(made, images, labels, draws=100)
    for length, gradients in truth.items():
        assert told.counts[length] == comb(6, length) == len(gradients)
        wanted = sum(map(mean_norm, gradients)) / len(gradients)
        assert told.single[length] == pytest.approx(wanted, rel=1e-6)  # fewer paths than draws: all of them
        assert told.error[length] == 0
        assert told.together[length] == pytest.approx(mean_norm(sum(gradients)), rel=1e-6)


@pytest.mark.parametrize("blocks", [3, 6, 9])
def test_a_few_draws_are_within_their_error_bars_of_all_paths(blocks: int) -> None:
    made = network(depth=2 * blocks + 2)
    images, labels = pictures(4)
    every = paths(made, images, labels, draws=200)
    assert set(every.error) == {0.0}
    few = paths(made, images, labels, draws=20, seed=1)
    assert few.together == pytest.approx(every.together, rel=1e-5)
    for length in range(blocks + 1):
        assert abs(few.single[length] - every.single[length]) <= 4 * few.error[length] + 1e-6 * every.single[length]
    if blocks == 9:
        assert any(error > 0 for error in few.error)


@pytest.mark.parametrize("block", Block)
@pytest.mark.parametrize("order", Order)
@pytest.mark.parametrize("shortcut", Shortcut)
@pytest.mark.parametrize("normalisation", Normalisation)
def test_all_paths_together_are_the_gradient(block: Block, order: Order, shortcut: Shortcut, normalisation: Normalisation) -> None:
    depth = 11 if block is Block.BOTTLENECK else 8
    made = network(depth=depth, block=block, order=order, shortcut=shortcut, normalisation=normalisation)
    images, labels = pictures(5)
    x = made.stem(images).detach().requires_grad_()
    out = x
    for one in made.blocks:
        out = one(out)
    [gradient] = torch.autograd.grad(cross_entropy(made.head(out), labels, reduction="sum"), x)
    sums = Chain(made, images, labels).together()
    torch.testing.assert_close(torch.stack(sums).sum(0), gradient, rtol=1e-4, atol=1e-5 * float(gradient.abs().max()))


def test_a_plain_network_is_one_path() -> None:
    told = paths(network(shortcut=Shortcut.NONE), *pictures(4), draws=10)
    assert told.counts == (0, 0, 0, 1)
    assert told.single[:3] == told.together[:3] == (0, 0, 0)
    assert told.single[3] == pytest.approx(told.whole, rel=1e-5)
    assert told.shortest_with(0.9) == 3


def test_zero_branches_leave_the_shortest_path_alone() -> None:
    told = paths(network(zero_last_gain=True), *pictures(4), draws=10)
    assert told.single[0] == pytest.approx(told.whole, rel=1e-5)
    assert told.single[1:] == (0, 0, 0)
    assert told.shortest_with(0.9) == 0


def test_the_network_is_left_as_it_was_and_a_result_survives_json() -> None:
    made = network()
    before = {name: value.clone() for name, value in made.state_dict().items()}
    told = paths(made, *pictures(4), draws=10)
    assert all(torch.equal(before[name], value) for name, value in made.state_dict().items())
    assert all(parameter.requires_grad for parameter in made.parameters())
    assert not any(module._forward_hooks or module._forward_pre_hooks for module in made.modules())
    assert Paths.decode(Paths.encode([told])) == (told,)
    assert paths(made, *pictures(4), draws=10) == told


def test_paths_of_each_run_are_those_of_a_direct_call(store: Store) -> None:
    runs = trained(store, {"shortcut": "none"}, {"shortcut": "A"})
    asked = {"runs": [run.id for run in runs], "step": 2, "draws": 4, "seed": 1}
    told = measured("paths", asked, store, report=quiet)
    data = load(DatasetSpec(), settings().datasets_path)
    images, labels = data.normalise(data.test_images[:8]), data.test_labels[:8]
    assert list(told) == [paths(network_at(store, run, 2), images, labels, draws=4, seed=1) for run in runs]
