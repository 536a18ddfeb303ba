import numpy as np
import pytest
import torch
from scipy.stats import spearmanr
from skimage.metrics import structural_similarity

from explorer.questions.attribution.likeness.measure import rank_correlations, structural_similarities
from explorer.questions.attribution.methods.result import AttributionResult
from explorer.questions.attribution.methods.spec import Method
from explorer.runs.records import Run
from explorer.runs.store import Store
from explorer.specs import DatasetName
from tests.measured import measured
from tests.studio import twins
from tests.trained import quiet

MAPS = np.random.default_rng(0).standard_normal((3, 2, 9, 9)).astype(np.float32)


def test_every_pair_has_scipys_rank_correlation() -> None:
    found = rank_correlations(MAPS)
    for picture, first, second in np.ndindex(2, 3, 3):
        expected = spearmanr(MAPS[first, picture].ravel(), MAPS[second, picture].ravel()).statistic
        assert np.isclose(found[picture, first, second], expected, atol=1e-6)


def test_a_map_of_one_value_has_no_rank_correlation() -> None:
    found = rank_correlations(np.concatenate([MAPS, np.ones_like(MAPS[:1])]))
    assert np.isnan(found[:, 3]).all()
    assert np.isfinite(found[:, :3, :3]).all()


@pytest.mark.parametrize("side", [8, 9, 4])
def test_every_pair_has_the_structural_similarity_of_the_maps_divided_by_their_largest_value(side: int) -> None:
    maps = MAPS[:, :, :side, :side]
    found = structural_similarities(maps)
    window = {8: 7, 9: 7, 4: 3}[side]
    for picture, first, second in np.ndindex(2, 3, 3):
        one, other = (maps[index, picture] / np.abs(maps[index, picture]).max() for index in (first, second))
        expected = 1 if first == second else structural_similarity(one, other, win_size=window, data_range=2)
        assert np.isclose(found[picture, first, second], expected, atol=1e-5)


def test_scale_does_not_matter_and_a_map_of_zeros_does_not_break_it() -> None:
    assert np.allclose(structural_similarities(MAPS), structural_similarities(5 * MAPS), atol=1e-5)
    assert np.isfinite(structural_similarities(0 * MAPS)).all()


@pytest.fixture
def runs(store: Store) -> list[Run]:
    torch.set_num_threads(1)
    return twins(store, DatasetName.SHAPES)


def test_maps_are_compared_as_they_were_computed(store: Store, runs: list[Run]) -> None:
    asked = {"runs": [run.id for run in runs], "step": 2, "images": [0, 1], "methods": ["saliency", "grad-cam"]}
    maps = measured("attribution.methods", asked, store, report=quiet)
    (found,) = measured("attribution.likeness", asked, store, AttributionResult.encode(maps), quiet)
    assert found.names == ((0, "grad-cam"), (0, "saliency"), (1, "grad-cam"), (1, "saliency"))
    assert found.ranks.shape == (2, 4, 4)
    one, other = (maps[0].maps[Method(name)][1] for name in ("saliency", "grad-cam"))
    assert np.isclose(found.ranks[1, 0, 1], spearmanr(one.ravel(), other.ravel()).statistic, atol=1e-6)
    with pytest.raises(ValueError, match="no AttributionResult"):
        measured("attribution.likeness", asked, store, b"hostile", quiet)
