import numpy as np
import pytest
import torch

from explorer.labs.correction.compute import GRID, grid, moved, right_on_grid
from explorer.labs.correction.measure import Mapping, learn_correction
from explorer.labs.correction.spec import SNAPSHOTS, CorrectionQuestion, drawn_points, true_boundary
from explorer.labs.correction.words import seconds
from explorer.labs.job import correction_job
from explorer.labs.result import Correction
from explorer.runs.store import Store


@pytest.mark.parametrize("shortcut", [False, True])
def test_the_lab_moves_points_as_the_network_in_torch_does(shortcut: bool) -> None:
    network, points = Mapping(3, shortcut=shortcut), np.array(drawn_points(0.4, 0)[0])
    kept = network.snapshot()
    weights = (np.array(kept.first), np.array(kept.bias), np.array(kept.second))
    told = moved(points, *weights, shortcut=shortcut)
    assert told == pytest.approx(network(torch.tensor(points, dtype=torch.float32)).detach().numpy(), abs=1e-5)


def test_the_identity_is_right_but_for_the_area_between_line_and_boundary() -> None:
    x = np.linspace(-2, 2, 100_001)
    area = np.mean(np.abs([true_boundary(one, 0.4) for one in x])) * 4 / 16
    assert right_on_grid(grid()[1][:, 1], 0.4) == pytest.approx(1 - area, abs=0.02)
    assert right_on_grid(grid()[1][:, 1], 0.0) == 1
    assert grid()[1].shape == (GRID**2, 2)


def test_the_residual_mapping_starts_near_the_identity_and_is_right_more_often_on_the_way() -> None:
    full, residual = (learn_correction(CorrectionQuestion(), shortcut=shortcut) for shortcut in (False, True))
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


def test_the_correction_job_answers_the_full_mapping_first(store: Store) -> None:
    content = correction_job({"wiggle": 0.2}, b"", store, lambda *_: None)
    assert [one.shortcut for one in Correction.from_json(content)] == [False, True]
