import pytest

from explorer.labs.highway import compute as highway
from explorer.labs.highway.measure import scalar_gradients
from explorer.runs.store import Store
from tests.measured import measured


@pytest.mark.parametrize("a", [-1.5, -0.5, 0.05, 0.5, 1.0])
def test_autograd_finds_the_highways_formula_as_far_as_fp32_goes(a: float) -> None:
    told = scalar_gradients(a, 60)
    for found, formula in zip((told.plain, told.residual), highway.scalar_factors(a), strict=True):
        assert len(found) == 61
        kept = formula > 1e-37
        assert [one for one, keep in zip(found, kept, strict=True) if keep] == pytest.approx(formula[kept], rel=1e-4)


def test_below_fp32_the_measured_gradient_is_zero_though_the_formulas_is_not() -> None:
    assert scalar_gradients(0.05, 60).plain[60] == 0
    assert highway.scalar_factors(0.05)[0][60] > 0


def test_the_highway_is_asked_and_told_in_json_and_what_is_out_of_range_is_refused(store: Store) -> None:
    [told] = measured("highway", {"a": 0.5, "depth": 20}, store)
    assert told.residual[20] / told.plain[20] == pytest.approx(3**20, rel=1e-5)
    with pytest.raises(ValueError, match="a is 3"):
        measured("highway", {"a": 3}, store)
