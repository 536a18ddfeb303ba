import numpy as np
import pytest

from explorer.labs.strength.compute import gradient_terms, h, jacobian, sizes


def test_the_jacobian_is_that_of_small_steps() -> None:
    x, step = np.array([0.3, -1.1]), 1e-6
    steps = [(h(x[None] + move)[0] - h(x[None] - move)[0]) / (2 * step) for move in step * np.eye(2)]
    assert jacobian(x) == pytest.approx(np.array(steps).T, abs=1e-8)


def test_with_the_branch_switched_off_the_input_hears_the_error_itself() -> None:
    terms = gradient_terms((1, 0.5), (-1, -1), 0)
    assert terms.together == pytest.approx([2, 1.5])
    assert terms.cosine is None


def test_where_tanh_is_flat_little_comes_through_the_branch_and_everything_over_the_shortcut() -> None:
    terms = gradient_terms((3, 3), (0, 0), 1)
    assert np.linalg.norm(terms.branch) < 0.1 * np.linalg.norm(terms.shortcut)


def test_sizes_are_those_of_every_strength_one_by_one() -> None:
    told = sizes((1, 0.5), (-1, -1), np.array([-1.0, 0.5]))
    for column, alpha in enumerate((-1.0, 0.5)):
        one = gradient_terms((1, 0.5), (-1, -1), alpha)
        assert told[:, column] == pytest.approx([np.linalg.norm(part) for part in (one.shortcut, one.branch, one.together)])
