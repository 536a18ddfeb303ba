import pytest

from explorer.labs.highway import compute as highway
from explorer.labs.highway.measure import scalar_gradients
from explorer.labs.job import highway_job, strength_job
from explorer.labs.result import HighwayGradient, StrengthGradient
from explorer.runs.store import Store


@pytest.mark.parametrize("a", [-1.5, -0.5, 0.05, 0.5, 1.0])
def test_autograd_finds_the_highways_formula_as_far_as_fp32_goes(a: float) -> None:
    told = scalar_gradients(a, 60)
    for measured, formula in zip((told.plain, told.residual), highway.scalar_factors(a), strict=True):
        assert len(measured) == 61
        kept = formula > 1e-37
        assert [one for one, keep in zip(measured, kept, strict=True) if keep] == pytest.approx(formula[kept], rel=1e-4)


def test_below_fp32_the_measured_gradient_is_zero_though_the_formulas_is_not() -> None:
    assert scalar_gradients(0.05, 60).plain[60] == 0
    assert highway.scalar_factors(0.05)[0][60] > 0


def quiet(*_: object) -> None:
    """Nobody waits."""


def test_the_highway_job_answers_in_json_and_refuses_what_is_out_of_range(store: Store) -> None:
    [told] = HighwayGradient.from_json(highway_job({"a": 0.5, "depth": 20}, b"", store, quiet))
    assert told.residual[20] / told.plain[20] == pytest.approx(3**20, rel=1e-5)
    with pytest.raises(ValueError, match="a is 3"):
        highway_job({"a": 3}, b"", store, quiet)


def test_the_strength_job_answers_in_json(store: Store) -> None:
    [told] = StrengthGradient.from_json(strength_job({"alpha": 0, "x": [1, 0.5], "t": [-1, -1]}, b"", store, quiet))
    assert told.gradient == (2.0, 1.5)
