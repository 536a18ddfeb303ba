import numpy as np
import pytest

from explorer.questions.attribution.checks.result import Checked, Interval
from explorer.questions.attribution.checks.spec import Check
from explorer.questions.attribution.methods.spec import Method


def test_an_interval_holds_the_mean_and_shrinks_with_the_pictures() -> None:
    rng = np.random.default_rng(0)

    def of(count: int) -> Interval:
        row = tuple(float(value) for value in rng.random(count))
        return Checked(check=Check.MASK, method=Method.SALIENCY, names=("inside",), values=(row,)).interval("inside")

    few, many = of(10), of(1000)
    assert few.low < few.mean < few.high
    assert np.isclose(many.high - many.low, 2 * 1.96 * np.sqrt(1 / 12 / 1000), rtol=0.1)
    assert few.high - few.low > many.high - many.low
    with pytest.raises(ValueError, match="values do not fit"):
        Checked(check=Check.MASK, method=Method.SALIENCY, names=("inside",), values=())
