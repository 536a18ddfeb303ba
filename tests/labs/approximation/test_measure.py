import numpy as np
import pytest

from explorer.labs.approximation.compute import function, line
from explorer.labs.approximation.measure import Narrow, learn_function
from explorer.labs.approximation.spec import STEPS, ApproximationSpec, parameters, wide_units
from explorer.runs.store import Store
from tests.measured import measured


def test_to_fit_f_with_one_shortcut_is_to_fit_what_is_left_of_it() -> None:
    spec = ApproximationSpec(blocks=1)
    residual, rest = (learn_function(spec, kind) for kind in ("residual", "rest"))
    assert residual.errors == pytest.approx(rest.errors, abs=1e-4)
    assert residual.fit == pytest.approx(rest.fit, abs=1e-3)


def test_errors_are_those_of_the_fit() -> None:
    spec = ApproximationSpec(blocks=2)
    told = learn_function(spec, "residual")
    assert len(told.errors) == STEPS
    assert told.errors[-1] < 0.2 * told.errors[0]
    left = np.sqrt(np.mean((np.array(told.fit) - function(line(), spec.slope, spec.wiggle)) ** 2))
    assert left == pytest.approx(told.errors[-1], rel=0.2)  # one step of training lies between them


def test_the_approximation_is_asked_for_four_networks(store: Store) -> None:
    said: list[float] = []
    asked = {"blocks": 1, "units": 1}
    told = measured("approximation", asked, store, report=lambda share, *_: said.append(share))
    assert [one.network for one in told] == ["plain", "residual", "rest", "wide"]
    assert said == sorted(said)
    assert said[-1] < 1


@pytest.mark.parametrize("blocks", [1, 4, 12])
@pytest.mark.parametrize("units", [1, 4, 8])
def test_the_wide_block_has_as_many_parameters_but_for_one_unit(blocks: int, units: int) -> None:
    network = Narrow(ApproximationSpec(blocks=blocks, units=units), shortcut=True)
    assert sum(values.numel() for values in network.parameters()) == parameters(blocks, units)
    assert abs(parameters(1, wide_units(blocks, units)) - parameters(blocks, units)) <= 1


def test_a_single_block_is_as_wide_as_the_wide_one() -> None:
    spec = ApproximationSpec(blocks=1)
    assert learn_function(spec, "wide").errors == learn_function(spec, "residual").errors
