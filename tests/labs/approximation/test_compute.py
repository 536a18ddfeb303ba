import numpy as np
import pytest

from explorer.labs.approximation.compute import function, line, sizes


def test_f_and_what_is_left_have_the_sizes_of_closed_form() -> None:
    whole, left = sizes(1.0, 0.3)
    x = np.linspace(-2, 2, 100_001)
    assert left == pytest.approx(0.3 * np.sqrt(np.mean(np.sin(3 * x) ** 2)), rel=0.02)
    assert whole == pytest.approx(np.sqrt(np.mean((x + 0.3 * np.sin(3 * x)) ** 2)), rel=0.02)
    assert sizes(1.0, 0.0)[1] == 0
    assert function(line(), 1.0, 0.0) == pytest.approx(line())


def test_far_from_the_identity_more_is_left_than_there_was() -> None:
    whole, left = sizes(-1.0, 0.0)
    assert left == pytest.approx(2 * whole)
    assert sizes(0.5, 0.0)[1] == pytest.approx(sizes(0.5, 0.0)[0])  # half-way, as much
