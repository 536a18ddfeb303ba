import numpy as np
import pytest
import torch
from scipy.integrate import solve_ivp
from scipy.linalg import fractional_matrix_power
from scipy.special import hyp2f1

from explorer.labs.zero_start.compute import Course, after_each, flow, flow_time, gradients, learn, settled, shares, starts, target
from explorer.labs.zero_start.words import MOST, SIZES, STRETCHES, course, flows

WANTED = target(60, (1.6, 1.0))
TIMES = np.linspace(0, 20, 81)


def test_gradients_are_autograds_for_both_networks() -> None:
    weights = 0.3 * np.random.default_rng(0).standard_normal((5, 2, 2))
    for start, base in zip((weights, np.eye(2) + weights), (torch.zeros(2, 2), torch.eye(2)), strict=True):
        free = torch.tensor(weights, requires_grad=True)
        product = torch.eye(2, dtype=torch.float64)
        for block in free:
            product = (base + block) @ product
        value = ((product - torch.tensor(WANTED)) ** 2).sum() / 2
        assert Course(start[None, None], WANTED).losses[0, 0] == pytest.approx(value.item())
        assert gradients(start, WANTED) == pytest.approx(torch.autograd.grad(value, free)[0].numpy())
        assert after_each(start)[-1] == pytest.approx(product.detach().numpy())


def test_both_networks_start_with_the_same_weights() -> None:
    plain, residual = starts(3, 0.1, 0.2, 5)
    assert residual - plain == pytest.approx(np.broadcast_to(np.eye(2), (3, 2, 2)))
    assert starts(3, 0.1)[0] == pytest.approx(np.broadcast_to(0.1 * np.eye(2), (3, 2, 2)))


def test_from_zero_the_first_push_is_the_same_for_every_residual_block_and_nothing_for_plain_ones() -> None:
    plain, residual = gradients(starts(7, 0.0), WANTED)
    assert residual == pytest.approx(np.broadcast_to(np.eye(2) - WANTED, (7, 2, 2)))
    assert (plain == 0).all()


def test_plain_from_zero_never_moves_unless_it_has_one_block_only() -> None:
    told = learn(starts(2, 0.0), WANTED, 0.1, 50).factors[:, 0]
    assert (told == 0).all()
    assert learn(starts(1, 0.0), WANTED, 0.1, 200).losses[-1, 0] < 1e-6


def test_a_pure_turn_from_zero_ends_with_every_residual_block_its_root() -> None:
    wanted = target(60, (1.0, 1.0))
    told = learn(starts(6, 0.0), wanted, 0.4 / 6, 400)
    root = fractional_matrix_power(wanted, 1 / 6)
    assert told.losses[-1, 1] < 1e-6
    for block in told.factors[-1, 1]:
        assert block == pytest.approx(root, abs=1e-3)


def test_shares_add_up_to_what_was_learned() -> None:
    told = learn(starts(8, 0.0, 0.1), WANTED, 0.05, 400)
    assert shares(told.factors[-1, 1], WANTED).sum() == pytest.approx(1, abs=1e-3)
    assert shares(np.stack([np.eye(2)] * 3), WANTED) == pytest.approx(np.zeros(3))


def test_half_a_turn_cannot_be_learned_from_zero_but_mostly_from_noise() -> None:
    stuck, free = (course(4, 180, noise=noise).losses[-1, 1] for noise in (0.0, 0.1))
    assert stuck > 1
    assert free < 0.1 * stuck


def test_modes_are_the_targets_stretches_once_it_is_learned_and_the_loss_is_theirs_where_they_do_not_mix() -> None:
    told = course(4, 75)
    assert told.modes[-1, 1] == pytest.approx(STRETCHES, abs=0.01)
    straight = course(4, 0, 0.1)
    assert straight.losses == pytest.approx(((straight.modes - STRETCHES) ** 2).sum(axis=-1) / 2)


def test_a_mode_is_learned_from_the_step_after_which_it_stays_near() -> None:
    modes = np.array([[2.0, 0.0, 0.5], [1.5, 0.2, 0.5], [2.0, 0.3, 0.5], [2.1, 0.2, 0.5]])
    assert settled(modes, np.array([2.0, 0.5, 0.5]), 0.1) == [2, None, 0]


@pytest.mark.parametrize("blocks", [1, 2, 3, 5, 8])
@pytest.mark.parametrize("wanted", [2.0, 0.5, -2.0, -0.5])
@pytest.mark.parametrize("start", [0.0, 0.01, 0.2, 1.0, 1.2])
def test_the_closed_form_is_what_integration_finds(blocks: int, wanted: float, start: float) -> None:
    numerical = solve_ivp(
        lambda _, u: u ** (blocks - 1) * (wanted - u**blocks), (0, TIMES[-1]), [start],
        t_eval=TIMES, rtol=1e-9, atol=1e-11, method="LSODA",
    )  # fmt: skip
    assert flow(start, wanted, blocks, TIMES) == pytest.approx(numerical.y[0] ** blocks, abs=2e-4)


@pytest.mark.parametrize("blocks", [3, 5, 8])
def test_the_sum_over_roots_is_the_hypergeometric_function(blocks: int) -> None:
    def primitive(u: float) -> float:
        tail = u**2 / 4 * hyp2f1(1, 2 / blocks, 1 + 2 / blocks, u**blocks / 2)
        return (u ** (2 - blocks) / (2 - blocks) + tail) / 2

    places = np.array([0.3, 0.8, 1.05])
    wanted = [primitive(place) - primitive(0.2) for place in places]
    assert flow_time(0.2, places, 2.0, blocks) == pytest.approx(wanted, rel=1e-8)


def test_two_blocks_flow_along_the_logistic_curve_and_one_along_the_exponential() -> None:
    first = 0.05**2
    logistic = 2 / (1 + (2 / first - 1) * np.exp(-4 * TIMES))
    assert flow(0.05, 2.0, 2, TIMES) == pytest.approx(logistic, abs=1e-4)
    assert flow(0.0, 2.0, 1, TIMES) == pytest.approx(2 - 2 * np.exp(-TIMES), abs=1e-4)


@pytest.mark.parametrize("angle", [0, 180])
@pytest.mark.parametrize(("blocks", "size"), [(1, 0.0), (2, 0.05), (3, 0.2), (8, 0.0)])
def test_descent_with_a_small_rate_follows_the_flow(angle: int, blocks: int, size: float) -> None:
    told, rate, steps = target(angle, STRETCHES), 0.002 / blocks, 3000
    modes = learn(starts(blocks, size), told, rate, steps).modes
    sign = 1 if angle == 0 else -1
    for index, start in enumerate((size, 1 + size)):
        for place, wanted in enumerate(STRETCHES):
            formula = sign * flow(start, sign * wanted, blocks, rate * np.arange(steps + 1))
            assert modes[:, index, place] == pytest.approx(formula, abs=0.005)


@pytest.mark.parametrize("blocks", [1, 2, MOST])
@pytest.mark.parametrize("size", [SIZES[0], SIZES[3], SIZES[4]])
def test_what_the_page_draws_as_closed_form_lies_on_what_was_measured(blocks: int, size: float) -> None:
    told = course(blocks, 0, size).modes
    for index, formula in enumerate(flows(blocks, 0, size, 0.0)):
        assert np.abs(formula - told[:, index]).max() < 0.1


def test_there_is_no_closed_form_where_the_target_is_not_symmetric_or_blocks_differ() -> None:
    assert flows(4, 5, 0.0, 0.0) == flows(4, 0, 0.0, 0.1) == ()


@pytest.mark.parametrize("blocks", [1, 4, MOST])
@pytest.mark.parametrize("angle", [0, 95, 180])
@pytest.mark.parametrize("noise", [0.0, 0.3])
def test_the_loss_never_rises_within_the_controls(blocks: int, angle: float, noise: float) -> None:
    for size in (SIZES[0], SIZES[-1]):
        assert (np.diff(course(blocks, angle, size, noise).losses, axis=0) < 1e-9).all()


def test_plain_from_nearly_zero_learns_one_mode_after_the_other_and_residual_both_at_once() -> None:
    plain, residual = np.moveaxis(course(2, 0, 0.05).modes, 1, 0)
    strong, weak = (np.argmax(plain[:, place] > STRETCHES[place] / 2) for place in (0, 1))
    assert plain[strong, 1] < 0.1 * STRETCHES[1]
    assert weak > 2.5 * strong
    halfway = [np.argmax(np.abs(one - end) < np.abs(one[0] - end) / 2) for one, end in zip(residual.T, STRETCHES, strict=True)]
    assert max(halfway) < 2 * min(halfway)


def test_a_run_that_leaves_for_good_ends_there() -> None:
    told = learn(starts(8, 0.0), target(0, STRETCHES), 5.0, 30)
    assert len(told.factors) < 31
    assert np.isfinite(told.losses).all()
