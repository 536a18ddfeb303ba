import numpy as np
import pytest
import torch
from scipy.linalg import fractional_matrix_power

from explorer.labs.zero_start import FAR, after_each, gradients, learn, loss, shares, target

WANTED = target(60, 1.6)


def test_gradients_are_autograds() -> None:
    weights = 0.3 * np.random.default_rng(0).standard_normal((5, 2, 2))
    free = torch.tensor(weights, requires_grad=True)
    product = torch.eye(2, dtype=torch.float64)
    for block in free:
        product = (torch.eye(2, dtype=torch.float64) + block) @ product
    value = ((product - torch.tensor(WANTED)) ** 2).sum() / 2
    assert loss(weights, WANTED) == pytest.approx(value.item())
    assert gradients(weights, WANTED) == pytest.approx(torch.autograd.grad(value, free)[0].numpy())
    assert after_each(weights)[-1] == pytest.approx(product.detach().numpy())


def test_from_zero_the_first_push_is_the_same_for_every_block() -> None:
    pushes = gradients(np.zeros((7, 2, 2)), WANTED)
    assert pushes == pytest.approx(np.broadcast_to(np.eye(2) - WANTED, (7, 2, 2)))


def test_a_pure_turn_from_zero_ends_with_every_block_its_root() -> None:
    told = learn(target(60, 1.0), 6, 0.4 / 6, 400)
    root = fractional_matrix_power(target(60, 1.0), 1 / 6)
    assert told.losses[-1] < 1e-6
    for block in told.weights[-1]:
        assert np.eye(2) + block == pytest.approx(root, abs=1e-3)


def test_shares_add_up_to_what_was_learned() -> None:
    told = learn(WANTED, 8, 0.05, 400, noise=0.1)
    assert shares(told.weights[-1], WANTED).sum() == pytest.approx(1, abs=1e-3)
    assert shares(np.zeros((3, 2, 2)), WANTED) == pytest.approx(np.zeros(3))


def test_half_a_turn_cannot_be_learned_from_zero_but_from_noise() -> None:
    stuck, free = (learn(target(180, 1.6), 4, 0.1, 400, noise=noise) for noise in (0.0, 0.2))
    assert stuck.losses[-1] > 0.1
    assert free.losses[-1] < 0.01 * stuck.losses[-1]


def test_a_run_that_leaves_for_good_ends_there() -> None:
    told = learn(WANTED, 16, 5.0, 200)
    assert len(told.losses) == len(told.weights) < 201
    assert told.losses.max() < FAR
