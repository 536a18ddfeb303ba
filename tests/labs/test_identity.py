import numpy as np
import pytest
import torch
from torch import nn

from explorer.labs.identity import identity_weights, spared, through
from explorer.measure.identity import Stack, learn_identity
from explorer.results.labs import IdentityLearned
from explorer.runs.store import Store
from explorer.specs.identity import STEPS, IdentityQuestion
from explorer.worker.labs import identity_job


def test_a_plain_stack_can_be_the_identity_whatever_its_depth() -> None:
    x = np.random.default_rng(0).standard_normal((20, 4))
    assert through(x, *identity_weights(4), blocks=8, shortcut=False) == pytest.approx(x)
    stack = Stack(IdentityQuestion(blocks=8), shortcut=False).double()
    for block in stack.blocks:
        assert isinstance(block, nn.Sequential)
        for layer, weight in zip((block[0], block[2]), identity_weights(4), strict=True):
            layer.weight.data = torch.tensor(weight)
    assert stack(torch.tensor(x)).detach().numpy() == pytest.approx(x)


def test_a_residual_stack_with_branches_of_zero_is_the_identity_before_training_and_stays_it() -> None:
    told = learn_identity(IdentityQuestion(blocks=3, scale=0), shortcut=True)
    assert set(told.errors) == {0.0}
    assert told.before == told.after == told.inputs
    assert set(learn_identity(IdentityQuestion(blocks=1, scale=0), shortcut=False).before) == {0.0}


def test_both_stacks_begin_with_the_same_weights_and_give_what_the_lab_computes() -> None:
    plain, residual = (Stack(IdentityQuestion(blocks=1, seed=3), shortcut=shortcut) for shortcut in (False, True))
    assert all(torch.equal(one, other) for one, other in zip(plain.parameters(), residual.parameters(), strict=True))
    first, _, second, _ = (one.detach().numpy() for one in plain.parameters())
    x = np.random.default_rng(0).standard_normal((5, 4)).astype(np.float32)
    for stack in (plain, residual):
        told = through(x, first, second, 1, shortcut=stack.shortcut)
        assert stack(torch.tensor(x)).detach().numpy() == pytest.approx(told, abs=1e-6)


def test_four_blocks_learn_it_with_shortcuts_and_not_without() -> None:
    plain, residual = (learn_identity(IdentityQuestion(blocks=4), shortcut=shortcut) for shortcut in (False, True))
    assert len(plain.errors) == len(residual.errors) == STEPS
    assert plain.errors[-1] > 10 * residual.errors[-1]
    assert spared(np.array(residual.errors), 0.01) is not None
    assert spared(np.array(plain.errors), 0.01) is None


def test_the_identity_job_answers_plain_first_and_reports_on_the_way(store: Store) -> None:
    said: list[float] = []
    content = identity_job({"blocks": 1}, b"", store, lambda share, *_: said.append(share))
    assert [one.shortcut for one in IdentityLearned.from_json(content)] == [False, True]
    assert said == sorted(said)
    assert said[-1] > 0.9
