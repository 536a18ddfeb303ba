import numpy as np
import pytest
import torch

from explorer.labs.through_time.compute import LAST, draw, history, sigmoid, smoothed
from explorer.labs.through_time.spec import LENGTHS, WIDTH, Cell


def measured(cell: Cell, bias: float) -> tuple[list[float], list[float]]:
    """The slow truth: the same network in torch, differentiated by autograd."""
    weights = draw(15, 1.2, 4)
    (wg, wi, wf), inputs = torch.tensor(weights.recurrent), torch.tensor(weights.inputs)
    states = [torch.zeros(WIDTH, dtype=torch.float64, requires_grad=True)]
    for given in inputs:
        c = states[-1]
        if cell is Cell.RECURRENT:
            states.append(torch.tanh(wg @ c + given[0]))
            continue
        seen = torch.tanh(c)
        keep = torch.sigmoid(wf @ seen + given[2] + bias) if cell is Cell.FORGETFUL else 1.0
        states.append(keep * c + torch.sigmoid(wi @ seen + given[1]) * torch.tanh(wg @ seen + given[0]))
    gradients = torch.autograd.grad(states[-1] @ torch.tensor(weights.end), states)
    return [float(one.detach().norm()) for one in states], [float(one.norm()) for one in gradients]


@pytest.mark.parametrize("cell", list(Cell))
@pytest.mark.parametrize("bias", [-1.0, 3.0])
def test_states_and_gradients_of_every_step_are_autograds(cell: Cell, bias: float) -> None:
    told = history(draw(15, 1.2, 4), cell, bias)
    state, gradient = measured(cell, bias)
    assert told.state == pytest.approx(state)
    assert told.gradient == pytest.approx(gradient)


def test_a_gate_that_is_wide_open_is_the_cell_of_1997() -> None:
    weights = draw(30, 0.8, 0)
    first, opened = history(weights, Cell.FIRST), history(weights, Cell.FORGETFUL, 40.0)
    assert opened.gradient == pytest.approx(first.gradient)
    assert opened.gate == pytest.approx(np.ones(30))


def test_without_recurrent_weights_the_gradient_is_the_product_of_the_gates() -> None:
    weights = draw(20, 0.0, 1)
    told = history(weights, Cell.FORGETFUL, 1.0)
    gates = sigmoid(weights.inputs[:, 2] + 1.0)
    assert told.gradient[0] == pytest.approx(np.linalg.norm(gates.prod(axis=0) * weights.end))
    assert history(weights, Cell.FIRST).gradient == pytest.approx(np.ones(21))
    assert history(weights, Cell.RECURRENT).gradient[0] == 0


def test_longer_times_begin_with_the_same_inputs() -> None:
    assert (draw(10, 0.8, 3).inputs == draw(20, 0.8, 3).inputs[:10]).all()
    assert history(draw(5, 0.8, 0), Cell.RECURRENT).gate.size == 0


def test_an_error_is_smoothed_over_the_last_steps_or_all_there_are() -> None:
    errors = np.arange(3.0 * LAST)
    told = smoothed(errors)
    assert told[0] == 0
    assert told[4] == pytest.approx(errors[:5].mean())
    assert told[-1] == pytest.approx(errors[-LAST:].mean())
    assert smoothed(np.array([])).size == 0
    assert LENGTHS[-1] == 200
