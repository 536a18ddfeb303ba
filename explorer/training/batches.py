"""Which pictures a step sees: a function of (seed, step) alone, so twins and resumed runs see the same."""

import hashlib
from dataclasses import replace

import torch
from torch import Tensor
from torch.nn.functional import pad

from explorer.datasets import Dataset
from explorer.specs import Augmentation, Recipe


class Batches:
    """Training pictures resident on a device, in their own format and channels_last strides."""

    def __init__(self, data: Dataset, recipe: Recipe, device: torch.device) -> None:
        self.recipe, self.device = recipe, device
        # Mean and deviation go to the device once, not in every step.
        self.data = replace(data, mean=data.mean.to(device), std=data.std.to(device))
        self.images = data.train_images.to(device).contiguous(memory_format=torch.channels_last)
        self.labels = data.train_labels.to(device)
        self._epoch, self._order = -1, torch.empty(0, dtype=torch.int64)

    def __getitem__(self, step: int) -> tuple[Tensor, Tensor]:
        """Return normalised pictures (B×C×H×W, channels_last) and labels (B) of a step, 1 for the first."""
        chosen = self.indices(step)
        images = self.images[chosen]
        if self.recipe.augmentation is Augmentation.CROP_FLIP:
            images = crop_flip(images, seeded(self.recipe.seed, "augmentation", step))
        return self.prepare(images), self.labels[chosen]

    def prepare(self, images: Tensor) -> Tensor:
        """Return pictures of this dataset, on whatever device, as the network takes them."""
        return self.data.normalise(images.to(self.device)).contiguous(memory_format=torch.channels_last)

    def indices(self, step: int) -> Tensor:
        """Return the places of a step's pictures, on the device.

        There is one shuffle an epoch; the pictures left over at its end are passed over, as drop_last does.
        """
        size = min(self.recipe.batch, len(self.labels))
        epoch, place = divmod(step - 1, len(self.labels) // size)
        if epoch != self._epoch:
            order = torch.randperm(len(self.labels), generator=seeded(self.recipe.seed, "order", epoch))
            self._epoch, self._order = epoch, order.to(self.device)
        return self._order[place * size : (place + 1) * size]


def crop_flip(images: Tensor, generator: torch.Generator) -> Tensor:
    """Return each picture padded black by an eighth of its side, cropped at a random place, flipped at random.

    Images are B×C×H×W, not yet normalised; the recipe of He et al. 2015, section 4.2 (4 pixels at 32).
    """
    count, _, height, width = images.shape
    margin, device = height // 8, images.device
    padded = pad(images, (margin, margin, margin, margin)).permute(0, 2, 3, 1)
    corner = torch.randint(0, 2 * margin + 1, (2, count, 1), generator=generator).to(device)
    flip = torch.rand(count, 1, generator=generator).to(device) < 0.5
    rows = corner[0] + torch.arange(height, device=device)
    line = torch.arange(width, device=device).expand(count, width)
    columns = corner[1] + torch.where(flip, width - 1 - line, line)
    which = torch.arange(count, device=device)[:, None, None]
    return padded[which, rows[:, :, None], columns[:, None, :]].permute(0, 3, 1, 2)


def seeded(seed: int, purpose: str, number: int) -> torch.Generator:
    """Return a generator of its own for (seed, purpose, number).

    The three are hashed, not packed into one integer: torch's processor generator reads the low 32 bits only.
    """
    digest = hashlib.sha256(f"{seed} {purpose} {number}".encode()).digest()
    return torch.Generator().manual_seed(int.from_bytes(digest[:4], "big"))
