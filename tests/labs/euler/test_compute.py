import numpy as np
import pytest
from scipy.integrate import solve_ivp
from scipy.linalg import expm

from explorer.labs.euler.compute import FIELDS, LOST, Linear, Perceptron, amplifications, backward, eigenvalues, flow, forward, ring

RNG = np.random.default_rng(0)
LEARNED = Perceptron(RNG.standard_normal((8, 2)), RNG.standard_normal(8), 0.3 * RNG.standard_normal((2, 8)))
ALL = {**FIELDS, "learned": LEARNED}


def matrix(name: str) -> np.ndarray:
    field = FIELDS[name]
    assert isinstance(field, Linear)
    return field.matrix


@pytest.mark.parametrize("name", ["spiral", "saddle", "stiff"])
def test_linear_layers_are_powers_of_a_matrix(name: str) -> None:
    a, starts = matrix(name), ring(5)
    told = forward(FIELDS[name], starts, 0.05, 9).places[-1]
    assert told == pytest.approx(starts @ np.linalg.matrix_power(np.eye(2) + 0.05 * a, 9).T)
    implicit = backward(FIELDS[name], starts, 0.05, 9, newton=True)
    assert implicit.places[-1] == pytest.approx(starts @ np.linalg.matrix_power(np.linalg.inv(np.eye(2) - 0.05 * a), 9).T)
    assert implicit.jacobians == implicit.evaluations == 2 * 9  # the second only finds that the first was right
    assert flow(FIELDS[name], starts, 1.0)[-1] == pytest.approx(starts @ expm(a).T, rel=1e-6)


@pytest.mark.parametrize("name", ALL)
def test_every_jacobian_is_that_of_small_steps(name: str) -> None:
    points, step = RNG.standard_normal((4, 2)), 1e-6
    slow = [(ALL[name](points + move) - ALL[name](points - move)) / (2 * step) for move in step * np.eye(2)]
    assert ALL[name].jacobian(points) == pytest.approx(np.stack(slow, axis=2), abs=1e-7)


@pytest.mark.parametrize("newton", [True, False])
@pytest.mark.parametrize("name", ALL)
def test_a_solved_implicit_layer_satisfies_its_equation(name: str, newton: bool) -> None:
    journey = backward(ALL[name], ring(), 0.02, 20, newton=newton)
    assert journey.unsolved is None
    for before, after in zip(journey.places[:-1], journey.places[1:], strict=True):
        assert after == pytest.approx(before + 0.02 * ALL[name](after), abs=1e-9)


def test_both_methods_come_to_the_fields_own_line_as_steps_shrink() -> None:
    start = np.array([[1.0, 0.5]])
    truth = solve_ivp(lambda _, x: LEARNED(x[None])[0], (0, 1), start[0], rtol=1e-10, atol=1e-10).y[:, -1]
    assert flow(LEARNED, start, 1.0)[-1, 0] == pytest.approx(truth, abs=1e-8)
    for method in (lambda h, n: forward(LEARNED, start, h, n), lambda h, n: backward(LEARNED, start, h, n, newton=True)):
        coarse, fine = (np.linalg.norm(method(1 / n, n).places[-1, 0] - truth) for n in (50, 100))
        assert coarse / fine == pytest.approx(2, rel=0.05)  # first order


def test_on_the_stiff_field_forward_blows_up_where_backward_settles_and_fixed_point_cannot_solve() -> None:
    starts = ring()
    ahead = forward(FIELDS["stiff"], starts, 0.1, 60)
    assert np.nanmax(np.abs(ahead.places)) > LOST / 10
    behind = backward(FIELDS["stiff"], starts, 0.1, 60, newton=True)
    assert np.abs(behind.places[-1]).max() < 0.1
    cheap = backward(FIELDS["stiff"], starts, 0.1, 60, newton=False)
    assert cheap.unsolved == 1
    assert np.isnan(cheap.places[-1]).all()


def test_amplifications_are_those_of_the_eigenvectors() -> None:
    values = eigenvalues(FIELDS["stiff"], np.zeros((1, 2)))
    assert sorted(values[:, 0]) == pytest.approx([-25, -1])
    assert amplifications(values, 0.1) == pytest.approx((1.5, 1 / 1.1, np.exp(-0.1)))
    told = eigenvalues(FIELDS["spiral"], np.zeros((1, 2)))
    assert np.sort(told[:, 1]) == pytest.approx([-2, 2])
    assert told[:, 0] == pytest.approx([-0.3, -0.3])
    assert amplifications(np.array([[1.0, 0.0]]), 1.0)[1] == np.inf
