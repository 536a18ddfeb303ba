"""scikit-learn's handwritten digits: 1797 pictures of 8×8, part of the package, no download."""

import torch

from explorer.datasets.base import Dataset
from explorer.specs.dataset import CARDS, DatasetName

_SPLIT_SEED = 0
"""Fixed, so that every run, whatever its seed, is tested on the same 360 pictures."""


def load_digits() -> Dataset:
    """Return 1437 training and 360 test pictures, each class split in the same proportion."""
    from sklearn.datasets import load_digits as load_from_package
    from sklearn.model_selection import train_test_split

    card = CARDS[DatasetName.DIGITS]
    pictures, labels = load_from_package(return_X_y=True)
    train, test, train_labels, test_labels = train_test_split(
        *(pictures, labels), test_size=card.test_size, stratify=labels, random_state=_SPLIT_SEED
    )
    images = [torch.from_numpy(part / 16).float().view(-1, *card.input_shape) for part in (train, test)]
    return Dataset.of(card, images[0], torch.from_numpy(train_labels), images[1], torch.from_numpy(test_labels))
