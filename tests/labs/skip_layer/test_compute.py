import numpy as np
import pytest
import torch

from explorer.labs.skip_layer.compute import DECAY, INSIDE, OUTSIDE, Fit, error, fit, objective, samples, truth


def measured(weights: np.ndarray, x: np.ndarray, y: np.ndarray, hidden: int) -> tuple[float, np.ndarray]:
    """The slow truth: the same objective in torch, differentiated by autograd."""
    free = torch.tensor(weights, requires_grad=True)
    w, u, v, rest = torch.split(free, [hidden, hidden, hidden, len(weights) - 3 * hidden])
    inputs, wanted = torch.tensor(x), torch.tensor(y)
    told = torch.tanh(inputs[:, None] * w + u) @ v + rest[0] + (rest[1] * inputs if len(rest) == 2 else 0)
    value = ((told - wanted) ** 2).sum() / 2 + DECAY * (free**2).sum() / 2
    return value.item(), torch.autograd.grad(value, free)[0].numpy()


@pytest.mark.parametrize("joined", [False, True])
def test_the_objective_and_its_gradient_are_autograds(joined: bool) -> None:
    x, y = samples(1.0, 1.0, 0)
    weights = np.random.default_rng(1).standard_normal(3 * 5 + 1 + joined)
    told, slow = objective(weights, x, y, 5), measured(weights, x, y, 5)
    assert told[0] == pytest.approx(slow[0])
    assert told[1] == pytest.approx(slow[1])


@pytest.mark.parametrize("joined", [False, True])
def test_a_fit_ends_where_autograds_gradient_is_next_to_nothing(joined: bool) -> None:
    x, y = samples(1.5, 1.0, 0)
    one = fit(x, y, 3, 0, joined=joined)
    weights = np.concatenate([one.w, one.u, one.v, [one.b], [one.c] if joined else []])
    value, gradient = measured(weights, x, y, 3)
    start = measured(np.zeros_like(weights), x, y, 3)
    assert value < 0.02 * start[0]
    assert np.abs(gradient).max() < 1e-2 * np.abs(start[1]).max()


def test_with_nothing_but_a_line_the_linear_path_takes_it_and_goes_on_outside_the_data() -> None:
    x, y = samples(2.0, 0.0, 0)
    joined, plain = (fit(x, y, 3, 0, joined=joined) for joined in (True, False))
    closed_form = np.linalg.lstsq(np.stack([np.ones_like(x), x], axis=1), y, rcond=None)[0]
    assert joined.c == pytest.approx(closed_form[1], abs=0.3)
    outside = np.linspace(INSIDE, OUTSIDE, 20)
    assert error(joined, outside, truth(outside, 2.0, 0.0)) < 0.5 * error(plain, outside, truth(outside, 2.0, 0.0))


def test_a_fit_is_the_sum_of_its_line_and_its_hidden_units() -> None:
    one = Fit(np.array([1.0]), np.array([0.5]), np.array([2.0]), b=0.25, c=3.0)
    assert one(np.array([2.0])) == pytest.approx([0.25 + 6 + 2 * np.tanh(2.5)])
    assert Fit(one.w, one.u, one.v, b=0.25, c=None).line(np.array([2.0])) == pytest.approx([0.25])


def test_the_same_seed_gives_the_same_fit() -> None:
    x, y = samples(1.0, 1.0, 7)
    assert (fit(x, y, 4, 7, joined=True).w == fit(x, y, 4, 7, joined=True).w).all()
