import numpy as np
import pytest
from sklearn.ensemble import GradientBoostingRegressor

from explorer.labs.ensemble.compute import boosted, raster


def test_a_coloured_picture_keeps_its_channels() -> None:
    assert raster("ADP//wBm", (3, 1, 2)).tolist() == [[0, 0.2, 1], [1, 0, 0.4]]


def test_boosting_adds_the_same_steps_as_scikit_learns_stumps() -> None:
    x = np.linspace(-3, 3, 41)
    slow = GradientBoostingRegressor(n_estimators=5, max_depth=1, learning_rate=1.0, init="zero").fit(x[:, None], np.sin(x))
    for told, staged in zip(boosted(x, np.sin(x), 5)[1:], slow.staged_predict(x[:, None]), strict=True):
        assert told == pytest.approx(staged, abs=1e-9)
