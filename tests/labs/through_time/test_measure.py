import numpy as np
import pytest
import torch

from explorer.labs.through_time.compute import SAYING_THE_MEAN, draw, history, smoothed
from explorer.labs.through_time.measure import PARTS, Memory, learn_adding, sequences, unrolled
from explorer.labs.through_time.spec import STEPS, WIDTH, AddingSpec, Cell
from explorer.runs.store import Store
from tests.measured import measured


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
    networks = {cell: Memory(AddingSpec(cell=cell, seed=3)) for cell in Cell}
    for network in networks.values():
        assert torch.equal(network.recurrent[:, :WIDTH], networks[Cell.RECURRENT].recurrent)
        assert torch.equal(network.inputs[:, :WIDTH], networks[Cell.RECURRENT].inputs)
        assert torch.equal(network.readout, networks[Cell.RECURRENT].readout)


def test_the_cell_of_1997_learns_a_short_sequence_and_the_same_question_has_the_same_result(store: Store) -> None:
    spec = {"cell": "first", "length": 10, "seed": 1}
    [told] = measured("through_time", spec, store)
    assert len(told.errors) == STEPS
    assert smoothed(np.array(told.errors))[-1] < SAYING_THE_MEAN / 10
    assert told == learn_adding(AddingSpec.model_validate(spec))


@pytest.mark.parametrize(("field", "value"), [("length", 30), ("bias", 9), ("cell", "gru"), ("size", 0)])
def test_an_adding_problem_out_of_range_is_refused_in_a_sentence(store: Store, field: str, value: object) -> None:
    with pytest.raises(ValueError, match=field):
        measured("through_time", {"cell": "first", field: value}, store)
