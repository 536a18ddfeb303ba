from functools import cache
from pathlib import Path

import pytest
import torch
from torch import Tensor

from explorer.datasets import Dataset, load
from explorer.specs import DatasetName, DatasetSpec


@cache
def shapes(seed: int = 0, **settings: float) -> Dataset:
    return load(DatasetSpec.model_validate({"name": DatasetName.SHAPES, **settings}), Path("unused"), seed=seed)


def test_shapes_match_their_card_and_lie_channels_last() -> None:
    data = shapes()
    assert data.train_images.shape == (data.card.train_size, *data.card.input_shape)
    assert data.test_images.shape == (data.card.test_size, *data.card.input_shape)
    assert data.train_images.dtype == torch.uint8
    assert data.train_images.is_contiguous(memory_format=torch.channels_last)
    assert data.train_labels.bincount().tolist() == [334, 334, 333, 333, 333, 333]


def test_the_same_seed_gives_the_same_bits_and_another_seed_another_set() -> None:
    first, again, other = shapes(3), shapes.__wrapped__(3), shapes(4)
    for name in ("train_images", "train_labels", "test_images", "train_masks", "test_masks"):
        assert torch.equal(getattr(first, name), getattr(again, name))
    assert not torch.equal(first.train_images, other.train_images)
    assert not torch.equal(first.train_images[:500], first.test_images)


def test_noise_leaves_every_scene_where_it_was() -> None:
    calm, noisy = shapes(noise=0), shapes(noise=0.5)
    assert torch.equal(calm.test_labels, noisy.test_labels)
    assert torch.equal(masks(calm), masks(noisy))
    assert noisy.test_images.float().std() > calm.test_images.float().std()


def test_without_noise_the_mask_is_exactly_where_the_object_has_its_one_colour() -> None:
    data = shapes(noise=0, clutter=0)
    for image, mask in zip(data.test_images[:100], masks(data)[:100], strict=True):
        inside, outside = image[:, mask], image[:, ~mask]
        assert (inside == inside[:, :1]).all()
        assert (outside == outside[:, :1]).all()
        assert not torch.equal(inside[:, 0], outside[:, 0])


def test_with_clutter_the_visible_object_still_has_its_one_colour_and_strokes_hide_some_of_it() -> None:
    clear, cluttered = shapes(noise=0, clutter=0), shapes(noise=0, clutter=1)
    hidden = masks(clear) & ~masks(cluttered)
    assert not (masks(cluttered) & ~masks(clear)).any()
    assert 0.01 < hidden.sum() / masks(clear).sum() < 0.3
    for image, mask in zip(cluttered.test_images[:100], masks(cluttered)[:100], strict=True):
        assert (image[:, mask] == image[:, mask][:, :1]).all()


@pytest.mark.parametrize("clutter", [0, 0.5, 1])
def test_every_object_is_whole_in_the_picture_and_large_enough_to_see(clutter: float) -> None:
    seen = masks(shapes(clutter=clutter)).sum((1, 2))
    assert seen.min() >= 15
    border = masks(shapes(clutter=0)).clone()
    border[:, 1:-1, 1:-1] = False
    assert border.sum() < 0.001 * border.numel()


def masks(data: Dataset) -> Tensor:
    assert data.test_masks is not None
    return data.test_masks
