"""Which pictures a step sees: a function of (seed, step) alone, so twins and resumed runs see the same."""

import torch
from torch import Tensor

from explorer.datasets import Dataset
from explorer.specs import Augmentation, Recipe


class Batches:
    """Training pictures resident on a device, normalised once, in channels_last strides."""

    def __init__(self, data: Dataset, recipe: Recipe, device: torch.device) -> None:
        self.recipe = recipe
        images = data.normalise(data.train_images.to(device))
        self.images = images.contiguous(memory_format=torch.channels_last)
        self.labels = data.train_labels.to(device)
        # Padding is black before normalisation.
        black = torch.zeros(1, images.shape[1], 1, 1)
        self.black = data.normalise(black.to(data.train_images.dtype)).to(device)
        self._epoch, self._order = -1, torch.empty(0, dtype=torch.int64)

    def __getitem__(self, step: int) -> tuple[Tensor, Tensor]:
        """Return pictures (B×C×H×W) and labels (B) of a step, 1 for the first."""
        chosen = self._indices(step).to(self.labels.device)
        images = self.images[chosen]
        if self.recipe.augmentation is Augmentation.CROP_FLIP:
            images = crop_flip(images, self.black, _generator(self.recipe.seed, "augmentation", step))
        return images.contiguous(memory_format=torch.channels_last), self.labels[chosen]

    def _indices(self, step: int) -> Tensor:
        """A shuffle an epoch; the pictures left over at its end are passed over, as drop_last does."""
        size = min(self.recipe.batch, len(self.labels))
        epoch, place = divmod(step - 1, len(self.labels) // size)
        if epoch != self._epoch:
            generator = _generator(self.recipe.seed, "order", epoch)
            self._epoch, self._order = epoch, torch.randperm(len(self.labels), generator=generator)
        return self._order[place * size : (place + 1) * size]


def crop_flip(images: Tensor, black: Tensor, generator: torch.Generator) -> Tensor:
    """Return each picture padded by an eighth of its side, cropped at a random place, flipped at random.

    Images are B×C×H×W, `black` is 1×C×1×1; the recipe of He et al. 2015, section 4.2 (4 pixels at 32).
    """
    count, _, height, width = images.shape
    pad = height // 8
    device = images.device
    padded = torch.nn.functional.pad(images - black, (pad, pad, pad, pad)) + black
    corner = torch.randint(0, 2 * pad + 1, (2, count, 1), generator=generator).to(device)
    flip = torch.rand(count, 1, generator=generator).to(device) < 0.5
    rows = corner[0] + torch.arange(height, device=device)
    line = torch.arange(width, device=device).expand(count, width)
    columns = corner[1] + torch.where(flip, width - 1 - line, line)
    which = torch.arange(count, device=device)[:, None, None]
    return padded.permute(0, 2, 3, 1)[which, rows[:, :, None], columns[:, None, :]].permute(0, 3, 1, 2)


def _generator(seed: int, purpose: str, number: int) -> torch.Generator:
    salt = {"order": 1, "augmentation": 2}[purpose]
    return torch.Generator().manual_seed((seed << 32) + (salt << 30) + number)
