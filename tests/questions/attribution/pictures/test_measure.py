import numpy as np
import pytest
import torch

from explorer.runs.records import Run
from explorer.runs.store import Store
from explorer.specs import DatasetName
from tests.measured import measured
from tests.studio import twins
from tests.trained import quiet


@pytest.fixture
def runs(store: Store) -> list[Run]:
    torch.set_num_threads(1)
    return twins(store, DatasetName.SHAPES)


def test_standings_say_the_surest_mistakes_and_where_two_networks_differ(store: Store, runs: list[Run]) -> None:
    found = measured("attribution.pictures", {"runs": [run.id for run in runs]}, store, report=quiet)
    assert [one.probabilities.shape for one in found] == [(500, 6)] * 2
    assert np.allclose(found[0].probabilities.sum(1), 1, atol=1e-5)
    worst = found[0].worst
    sure = found[0].probabilities[list(worst)].max(1)
    assert (np.diff(sure) <= 0).all()
    wrong = found[0].probabilities.argmax(1) != found[0].labels
    assert len(worst) == wrong.sum()
    assert all(wrong[place] for place in worst)
