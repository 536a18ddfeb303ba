import numpy as np
import pytest

from explorer.labs.correction.compute import GRID, grid, right_on_grid
from explorer.labs.correction.spec import true_boundary


def test_the_identity_is_right_but_for_the_area_between_line_and_boundary() -> None:
    x = np.linspace(-2, 2, 100_001)
    area = np.mean(np.abs([true_boundary(one, 0.4) for one in x])) * 4 / 16
    assert right_on_grid(grid()[1][:, 1], 0.4) == pytest.approx(1 - area, abs=0.02)
    assert right_on_grid(grid()[1][:, 1], 0.0) == 1
    assert grid()[1].shape == (GRID**2, 2)
