import pytest

from explorer.labs.strength.compute import gradient_terms
from explorer.labs.strength.measure import input_gradient
from explorer.labs.strength.spec import StrengthSpec
from explorer.runs.store import Store
from tests.measured import measured

POINTS = [((1.0, 0.5), (-1.0, -1.0), 1.0), ((0.0, -0.5), (2.0, -2.0), -0.8), ((-3.0, 3.0), (0.0, 1.0), 2.0)]


@pytest.mark.parametrize(("x", "t", "alpha"), POINTS)
def test_the_two_terms_add_up_to_autograds_gradient(x: tuple[float, float], t: tuple[float, float], alpha: float) -> None:
    told = input_gradient(StrengthSpec(alpha=alpha, x=x, t=t)).gradient
    assert gradient_terms(x, t, alpha).together == pytest.approx(told, abs=1e-13)


def test_strength_is_asked_and_told_in_json(store: Store) -> None:
    [told] = measured("strength", {"alpha": 0, "x": [1, 0.5], "t": [-1, -1]}, store)
    assert told.gradient == (2.0, 1.5)
