import numpy as np
import pytest
import torch
from pydantic import ValidationError
from torch import nn

from explorer.labs.identity.compute import identity_weights, spared, through
from explorer.labs.identity.measure import Stack, learn_identity
from explorer.labs.identity.spec import HIDDEN, STEPS, WIDTH, IdentitySpec
from explorer.runs.store import Store
from tests.measured import measured


def test_a_plain_stack_can_be_the_identity_whatever_its_depth() -> None:
    x = np.random.default_rng(0).standard_normal((20, 4))
    assert through(x, *identity_weights(4), blocks=8, shortcut=False) == pytest.approx(x)
    stack = Stack(IdentitySpec(blocks=8), shortcut=False).double()
    for tensor, weight in zip((stack.first, stack.second), identity_weights(4), strict=True):
        tensor.data = torch.tensor(weight).expand(8, -1, -1)
    assert stack(torch.tensor(x)).detach().numpy() == pytest.approx(x)


def test_a_residual_stack_with_branches_of_zero_is_the_identity_before_training_and_stays_it() -> None:
    told = learn_identity(IdentitySpec(blocks=3, scale=0), shortcut=True)
    assert set(told.errors) == {0.0}
    assert told.before == told.after == told.inputs
    assert set(learn_identity(IdentitySpec(blocks=1, scale=0), shortcut=False).before) == {0.0}


def test_both_stacks_begin_with_the_same_weights_and_give_what_the_lab_computes() -> None:
    plain, residual = (Stack(IdentitySpec(blocks=1, seed=3), shortcut=shortcut) for shortcut in (False, True))
    assert all(torch.equal(one, other) for one, other in zip(plain.parameters(), residual.parameters(), strict=True))
    first, second = (one[0].detach().numpy() for one in (plain.first, plain.second))
    x = np.random.default_rng(0).standard_normal((5, 4)).astype(np.float32)
    for stack in (plain, residual):
        told = through(x, first, second, 1, shortcut=stack.shortcut)
        assert stack(torch.tensor(x)).detach().numpy() == pytest.approx(told, abs=1e-6)


def test_four_blocks_learn_it_with_shortcuts_and_not_without() -> None:
    plain, residual = (learn_identity(IdentitySpec(blocks=4), shortcut=shortcut) for shortcut in (False, True))
    assert len(plain.errors) == len(residual.errors) == STEPS
    assert plain.errors[-1] > 10 * residual.errors[-1]
    assert spared(np.array(residual.errors), 0.01) is not None
    assert spared(np.array(plain.errors), 0.01) is None


def slow_errors(spec: IdentitySpec, *, shortcut: bool, steps: int) -> list[float]:
    """The same stack block by block of torch's own layers, trained by torch's own loop."""
    start, blocks = Stack(spec, shortcut=shortcut), []
    for first, second in zip(start.first, start.second, strict=True):
        layers = nn.Linear(WIDTH, HIDDEN, bias=spec.biases), nn.Linear(HIDDEN, WIDTH, bias=spec.biases)
        for layer, weight in zip(layers, (first, second), strict=True):
            layer.weight.data = weight.detach().clone()
            if spec.biases:
                nn.init.zeros_(layer.bias)
        blocks.append(nn.Sequential(layers[0], nn.ReLU(), layers[1]))
    optimiser = torch.optim.Adam(nn.ModuleList(blocks).parameters(), lr=0.01)
    draw, errors = torch.Generator().manual_seed(spec.seed + 1), []
    for _ in range(steps):
        x = torch.randn(128, WIDTH, generator=draw)
        y = x
        for block in blocks:
            y = y + block(y) if shortcut else block(y)
        error = nn.functional.mse_loss(y, x)
        errors.append(error.item())
        optimiser.zero_grad()
        error.backward()
        optimiser.step()
    return errors


@pytest.mark.parametrize("shortcut", [False, True])
@pytest.mark.parametrize("biases", [False, True])
def test_weights_in_one_tensor_learn_what_torchs_layers_learn(shortcut: bool, biases: bool) -> None:
    spec = IdentitySpec(blocks=5, seed=2, biases=biases)
    told = learn_identity(spec, shortcut=shortcut).errors[:30]
    assert told == pytest.approx(slow_errors(spec, shortcut=shortcut, steps=30), rel=1e-3)


@pytest.mark.parametrize("shortcut", [False, True])
def test_without_biases_an_answer_is_straight_on_either_side_of_zero_and_with_them_it_is_not(shortcut: bool) -> None:
    for biases in (False, True):
        told = learn_identity(IdentitySpec(blocks=2, biases=biases), shortcut=shortcut)
        bends = np.abs(np.diff(told.after, 2))
        middle = len(bends) // 2
        assert told.inputs[middle + 1] == 0
        away = max(np.delete(bends, middle))
        assert away < 1e-5 if not biases else away > 1e-3


def test_one_plain_block_without_biases_finds_its_answer_and_overtakes() -> None:
    plain, residual = (learn_identity(IdentitySpec(blocks=1, biases=False), shortcut=one) for one in (False, True))
    assert plain.errors[100] > residual.errors[100]
    assert plain.errors[-1] < 0.1 * residual.errors[-1]


def test_32_small_blocks_start_alike_but_only_those_with_shortcuts_learn_it() -> None:
    plain, residual = (learn_identity(IdentitySpec(blocks=32, scale=0.1), shortcut=one) for one in (False, True))
    assert plain.errors[0] == pytest.approx(residual.errors[0], rel=0.1)
    assert plain.errors[-1] > 0.9 * plain.errors[0]
    assert residual.errors[-1] < 0.01


def test_a_spec_refuses_more_blocks_than_a_worker_should_train() -> None:
    with pytest.raises(ValidationError, match="blocks"):
        IdentitySpec(blocks=33)


def test_the_plain_stack_comes_first_and_progress_is_reported_on_the_way(store: Store) -> None:
    said: list[float] = []
    told = measured("identity", {"blocks": 1}, store, report=lambda share, *_: said.append(share))
    assert [one.shortcut for one in told] == [False, True]
    assert said == sorted(said)
    assert said[-1] > 0.9
