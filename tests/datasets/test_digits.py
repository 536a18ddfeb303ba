from pathlib import Path

import torch

from explorer.datasets import load
from explorer.specs import CARDS, DatasetName, DatasetSpec

NOWHERE = Path("does-not-exist")


def test_digits_match_their_card_and_need_no_files() -> None:
    data = load(DatasetSpec(), NOWHERE)
    card = CARDS[DatasetName.DIGITS]
    assert data.train_images.shape == (card.train_size, *card.input_shape)
    assert data.test_images.shape == (card.test_size, *card.input_shape)
    assert data.train_labels.dtype == data.test_labels.dtype == torch.int64
    assert data.train_images.min() == 0
    assert data.train_images.max() == 1


def test_the_split_of_digits_is_stratified_and_the_same_for_every_seed() -> None:
    first, second = (load(DatasetSpec(), NOWHERE, seed=seed) for seed in (0, 7))
    assert torch.equal(first.test_images, second.test_images)
    shares = [labels.bincount() / len(labels) for labels in (first.train_labels, first.test_labels)]
    assert torch.allclose(shares[0], shares[1], atol=0.005)


def test_normalised_training_pictures_have_mean_zero_and_deviation_one_and_leave_the_input_alone() -> None:
    for spec in (DatasetSpec(), DatasetSpec(name=DatasetName.SHAPES)):
        data = load(spec, NOWHERE)
        before = data.train_images.clone()
        pictures = data.normalise(data.train_images)
        assert pictures.dtype == torch.float32
        assert pictures.mean((0, 2, 3)).abs().max() < 1e-4
        assert (pictures.std((0, 2, 3)) - 1).abs().max() < 1e-3
        assert torch.equal(before, data.train_images)
