import numpy as np
import pytest
import torch

from explorer.labs.job import adding_job
from explorer.labs.result import AddingLearned
from explorer.labs.through_time.compute import LAST, SAYING_THE_MEAN, draw, history, sigmoid, smoothed
from explorer.labs.through_time.measure import PARTS, Memory, learn_adding, sequences, unrolled
from explorer.labs.through_time.spec import LENGTHS, STEPS, WIDTH, AddingQuestion, Cell
from explorer.runs.store import Store


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


@pytest.mark.parametrize("cell", list(Cell))
def test_the_cell_that_is_trained_is_the_one_whose_gradient_is_drawn(cell: Cell) -> None:
    weights, parts = draw(15, 1.2, 4), PARTS[cell]
    recurrent = torch.tensor(weights.recurrent[:parts]).flatten(0, 1).T
    given = torch.tensor(weights.inputs[:, :parts]).flatten(1)[:, None]
    states = unrolled(cell, given, recurrent, 1.5)
    gradients = torch.autograd.grad(states[-1][0] @ torch.tensor(weights.end), states)
    told = history(weights, cell, 1.5)
    assert [float(one.detach().norm()) for one in states] == pytest.approx(told.state)
    assert [float(one.norm()) for one in gradients] == pytest.approx(told.gradient)


def test_of_every_sequence_two_numbers_are_marked_one_in_each_half_and_their_sum_is_wanted() -> None:
    given, wanted = sequences(11, 400, torch.Generator().manual_seed(0))
    numbers, marks = given.unbind(2)
    assert marks[:5].sum(0).tolist() == marks[5:].sum(0).tolist() == [1.0] * 400
    assert wanted == pytest.approx(np.array([numbers[:, n][marks[:, n] == 1].sum() for n in range(400)]))
    assert 0 <= numbers.min() <= numbers.max() < 1


def test_always_saying_one_is_off_by_the_variance_of_the_sum() -> None:
    _, wanted = sequences(10, 200_000, torch.Generator().manual_seed(0))
    assert (wanted - 1).square().mean().item() == pytest.approx(SAYING_THE_MEAN, rel=0.01)


def test_all_cells_start_with_the_same_weights() -> None:
    networks = {cell: Memory(AddingQuestion(cell=cell, seed=3)) for cell in Cell}
    for network in networks.values():
        assert torch.equal(network.recurrent[:, :WIDTH], networks[Cell.RECURRENT].recurrent)
        assert torch.equal(network.inputs[:, :WIDTH], networks[Cell.RECURRENT].inputs)
        assert torch.equal(network.readout, networks[Cell.RECURRENT].readout)


def test_the_cell_of_1997_learns_a_short_sequence_and_the_same_question_has_the_same_answer(store: Store) -> None:
    question = {"cell": "first", "length": 10, "seed": 1}
    [told] = AddingLearned.from_json(adding_job(question, b"", store, lambda *_: None))
    assert len(told.errors) == STEPS
    assert smoothed(np.array(told.errors))[-1] < SAYING_THE_MEAN / 10
    assert told == learn_adding(AddingQuestion.model_validate(question))


@pytest.mark.parametrize(("field", "value"), [("length", 30), ("bias", 9), ("cell", "gru"), ("size", 0)])
def test_an_adding_problem_out_of_range_is_refused_in_a_sentence(store: Store, field: str, value: object) -> None:
    with pytest.raises(ValueError, match=field):
        adding_job({"cell": "first", field: value}, b"", store, lambda *_: None)


def test_an_error_is_smoothed_over_the_last_steps_or_all_there_are() -> None:
    errors = np.arange(3.0 * LAST)
    told = smoothed(errors)
    assert told[0] == 0
    assert told[4] == pytest.approx(errors[:5].mean())
    assert told[-1] == pytest.approx(errors[-LAST:].mean())
    assert smoothed(np.array([])).size == 0
    assert LENGTHS[-1] == 200
