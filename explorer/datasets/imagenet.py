"""ImageNet without its pictures: what a network that learned from them needs to read a picture of one's own."""

import torch

from explorer.datasets.base import Dataset
from explorer.specs.pretrained import MEAN, STD, imagenet_card


def imagenet() -> Dataset:
    """Return a dataset of no pictures, with the card, mean and deviation of ImageNet's."""
    card = imagenet_card()
    nothing, no_labels = torch.empty(0, *card.input_shape, dtype=torch.uint8), torch.empty(0, dtype=torch.int64)
    moments = torch.tensor(MEAN), torch.tensor(STD)
    return Dataset(card, nothing, no_labels, nothing, no_labels, *moments)
