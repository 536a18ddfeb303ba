import numpy as np
import pytest

from explorer.labs.approximation.compute import function, line, sizes
from explorer.labs.approximation.measure import Narrow, learn_function
from explorer.labs.approximation.spec import STEPS, ApproximationQuestion, parameters, wide_units
from explorer.labs.job import approximation_job
from explorer.labs.result import Approximation
from explorer.runs.store import Store


def test_to_fit_f_with_one_shortcut_is_to_fit_what_is_left_of_it() -> None:
    question = ApproximationQuestion(blocks=1)
    residual, rest = (learn_function(question, kind) for kind in ("residual", "rest"))
    assert residual.errors == pytest.approx(rest.errors, abs=1e-4)
    assert residual.fit == pytest.approx(rest.fit, abs=1e-3)


def test_f_and_what_is_left_have_the_sizes_of_closed_form() -> None:
    whole, left = sizes(1.0, 0.3)
    x = np.linspace(-2, 2, 100_001)
    assert left == pytest.approx(0.3 * np.sqrt(np.mean(np.sin(3 * x) ** 2)), rel=0.02)
    assert whole == pytest.approx(np.sqrt(np.mean((x + 0.3 * np.sin(3 * x)) ** 2)), rel=0.02)
    assert sizes(1.0, 0.0)[1] == 0
    assert function(line(), 1.0, 0.0) == pytest.approx(line())


def test_errors_are_those_of_the_fit() -> None:
    question = ApproximationQuestion(blocks=2)
    told = learn_function(question, "residual")
    assert len(told.errors) == STEPS
    assert told.errors[-1] < 0.2 * told.errors[0]
    left = np.sqrt(np.mean((np.array(told.fit) - function(line(), question.slope, question.wiggle)) ** 2))
    assert left == pytest.approx(told.errors[-1], rel=0.2)  # one step of training lies between them


def test_the_approximation_job_answers_four_networks(store: Store) -> None:
    said: list[float] = []
    content = approximation_job({"blocks": 1, "units": 1}, b"", store, lambda share, *_: said.append(share))
    assert [one.network for one in Approximation.from_json(content)] == ["plain", "residual", "rest", "wide"]
    assert said == sorted(said)
    assert said[-1] < 1


def test_far_from_the_identity_more_is_left_than_there_was() -> None:
    whole, left = sizes(-1.0, 0.0)
    assert left == pytest.approx(2 * whole)
    assert sizes(0.5, 0.0)[1] == pytest.approx(sizes(0.5, 0.0)[0])  # half-way, as much


@pytest.mark.parametrize("blocks", [1, 4, 12])
@pytest.mark.parametrize("units", [1, 4, 8])
def test_the_wide_block_has_as_many_parameters_but_for_one_unit(blocks: int, units: int) -> None:
    network = Narrow(ApproximationQuestion(blocks=blocks, units=units), shortcut=True)
    assert sum(values.numel() for values in network.parameters()) == parameters(blocks, units)
    assert abs(parameters(1, wide_units(blocks, units)) - parameters(blocks, units)) <= 1


def test_a_single_block_is_as_wide_as_the_wide_one() -> None:
    question = ApproximationQuestion(blocks=1)
    assert learn_function(question, "wide").errors == learn_function(question, "residual").errors
