import numpy as np
import pytest
import torch

from explorer.labs.correction.compute import moved
from explorer.labs.correction.measure import Mapping, learn_correction
from explorer.labs.correction.spec import SNAPSHOTS, CorrectionSpec, drawn_points
from explorer.labs.correction.words import seconds
from explorer.runs.store import Store
from tests.measured import measured


@pytest.mark.parametrize("shortcut", [False, True])
def test_the_lab_moves_points_as_the_network_in_torch_does(shortcut: bool) -> None:
    network, points = Mapping(3, shortcut=shortcut), np.array(drawn_points(0.4, 0)[0])
    kept = network.snapshot()
    weights = (np.array(kept.first), np.array(kept.bias), np.array(kept.second))
    told = moved(points, *weights, shortcut=shortcut)
    assert told == pytest.approx(network(torch.tensor(points, dtype=torch.float32)).detach().numpy(), abs=1e-5)


def test_the_residual_mapping_starts_near_the_identity_and_is_right_more_often_on_the_way() -> None:
    full, residual = (learn_correction(CorrectionSpec(), shortcut=shortcut) for shortcut in (False, True))
    assert len(full.right) == SNAPSHOTS[-1] + 1
    assert len(full.snapshots) == len(SNAPSHOTS)
    assert residual.right[0] > full.right[0] + 0.1
    assert np.mean(residual.right) > np.mean(full.right)
    identity, _, second = seconds([full, residual], 0)
    assert np.abs(second - identity).mean() < 0.5
    # What is told of the last step is what the last snapshot decides.
    points, labels = (np.array(values) for values in drawn_points(0.4, 0))
    kept = residual.snapshots[-1]
    last = moved(points, np.array(kept.first), np.array(kept.bias), np.array(kept.second), shortcut=True)
    assert residual.right[-1] == pytest.approx(np.mean((last[:, 1] > 0) == (labels > 0)), abs=0.003)


def test_the_full_mapping_comes_first(store: Store) -> None:
    assert [one.shortcut for one in measured("correction", {"wiggle": 0.2}, store)] == [False, True]
