"""The one form every dataset takes: tensors in memory and a card."""

from dataclasses import dataclass
from typing import Self

import torch
from torch import Tensor

from explorer.specs.dataset import Card


class MissingDataError(ValueError):
    """Pictures are neither on disk nor to be had; the message is one sentence that says what to do."""


@dataclass(frozen=True, slots=True, eq=False)
class Dataset:
    """Pictures, labels and the card; never changed by those who read it."""

    card: Card
    train_images: Tensor
    """N×C×H×W with channels_last strides: uint8 in 0..255, or float32 in 0..1."""
    train_labels: Tensor
    """N, int64."""
    test_images: Tensor
    test_labels: Tensor
    mean: Tensor
    """C, float32: mean of the training pictures, in units of the full range."""
    std: Tensor
    """C, float32: standard deviation of the training pictures, in units of the full range."""
    train_masks: Tensor | None = None
    """N×H×W, bool, true where the object is seen; only for generated pictures."""
    test_masks: Tensor | None = None

    @classmethod
    def of(
        cls,
        card: Card,
        train_images: Tensor,
        train_labels: Tensor,
        test_images: Tensor,
        test_labels: Tensor,
        *,
        train_masks: Tensor | None = None,
        test_masks: Tensor | None = None,
    ) -> Self:
        """Return the dataset with mean and standard deviation measured on the training pictures."""
        train, test = (images.contiguous(memory_format=torch.channels_last) for images in (train_images, test_images))
        mean, std = _moments(train)
        return cls(card, train, train_labels, test, test_labels, mean, std, train_masks, test_masks)

    def normalise(self, images: Tensor) -> Tensor:
        """Return float32 pictures of mean 0 and standard deviation 1 per channel, on the device of `images`.

        `images` is N×C×H×W in this dataset's own format (uint8 in 0..255 or float32 in 0..1).
        """
        mean, std = (moment.to(images.device)[:, None, None] for moment in (self.mean, self.std))
        return (unit_range(images) - mean) / std


def unit_range(images: Tensor) -> Tensor:
    """Return float32 pictures in 0..1 from uint8 in 0..255, or float pictures as they are."""
    return images.float() / 255 if images.dtype == torch.uint8 else images.float()


def _moments(images: Tensor) -> tuple[Tensor, Tensor]:
    """Mean and standard deviation per channel, summed in float64 part by part to keep memory small."""
    total = torch.zeros(2, images.shape[1], dtype=torch.float64)
    for part in torch.split(images, 4096):
        values = unit_range(part).double()
        total += torch.stack([values.sum((0, 2, 3)), values.square().sum((0, 2, 3))])
    mean, square = total / (images.numel() / images.shape[1])
    return mean.float(), (square - mean.square()).clamp_min(1e-12).sqrt().float()
