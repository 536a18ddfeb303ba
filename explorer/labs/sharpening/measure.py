"""A small convolutional network learns a sharp photo from a blurred one; its twin learns only the sharpening."""

from base64 import b64encode
from dataclasses import replace

import numpy as np
import torch
from PIL import Image
from torch import Tensor, nn, tensor
from torch.nn.functional import conv2d, pad

from explorer.datasets.picture import decode
from explorer.labs.sharpening.result import Sharpening
from explorer.labs.sharpening.spec import SIDE, SNAPSHOTS, Blur, Photo, SharpeningSpec, kernel
from explorer.questions.given import Given, Report, silent
from explorer.specs import CARDS, DatasetName

CHANNELS = 16


def measure(spec: SharpeningSpec, given: Given) -> tuple[Sharpening, ...]:
    """Return the network that learned the photo and its twin; raises ValueError if one's own is no picture."""
    sharp = own_photo(given.file) if spec.photo is Photo.OWN else photo()
    parts = zip((False, True), given.parts(["", ""]), strict=True)
    return tuple(learn_sharpening(spec, sharp, shortcut=shortcut, report=part) for shortcut, part in parts)


def own_photo(content: bytes) -> Tensor:
    """Return both halves of a picture in a file, as `photo` does of the shipped one."""
    wide = replace(CARDS[DatasetName.DIGITS], input_shape=(1, SIDE, 2 * SIDE))
    return halves(decode(content, wide)[0, 0].float() / 255)


def photo() -> Tensor:
    """Return both halves of a grey photo, 2×1×SIDE×SIDE, from 0 to 1: the right one, which is learned from, and the left."""
    from sklearn.datasets import load_sample_image

    grey = Image.fromarray(load_sample_image("china.jpg")).convert("L").resize((2 * SIDE, SIDE * 4 // 3))
    return halves(torch.from_numpy(np.asarray(grey, dtype=np.float32).copy() / 255)[:SIDE])


def halves(values: Tensor) -> Tensor:
    """Return both halves of a grey photo SIDE × 2 SIDE, 2×1×SIDE×SIDE: the right one first."""
    return torch.stack([values[:, SIDE:], values[:, :SIDE]])[:, None]


def blurred(pictures: Tensor, blur: Blur) -> Tensor:
    """Return pictures N×1×H×W after a blur; beyond its edge a picture is its mirror image."""
    weights = tensor(kernel(blur), dtype=pictures.dtype)[None, None]
    return conv2d(pad(pictures, (weights.shape[-1] // 2,) * 4, mode="reflect"), weights)


def decibels(picture: Tensor, sharp: Tensor) -> float:
    """Return the peak signal-to-noise ratio: −10 log₁₀ of the mean square error, for values from 0 to 1."""
    return -10 * (picture - sharp).square().mean().log10().item()


class Sharpener(nn.Module):
    """Three convolutions, with the picture added to what they give if there is a shortcut.

    The last convolution starts at zero, as a residual branch's may (Zhang et al. 2019, arXiv:1901.09321): with the shortcut the
    network starts as the identity, without it as a black picture.
    """

    def __init__(self, seed: int, *, shortcut: bool) -> None:
        super().__init__()
        self.shortcut = shortcut
        with torch.random.fork_rng():
            torch.manual_seed(seed)
            self.branch = nn.Sequential(
                nn.Conv2d(1, CHANNELS, 5, padding=2), nn.ReLU(), nn.Conv2d(CHANNELS, CHANNELS, 3, padding=1), nn.ReLU(),
                last := nn.Conv2d(CHANNELS, 1, 3, padding=1),
            )  # fmt: skip
        for values in last.parameters():
            nn.init.zeros_(values)

    def forward(self, x: Tensor) -> Tensor:
        """Return sharpened pictures N×1×H×W."""
        out: Tensor = self.branch(x)
        return x + out if self.shortcut else out


def learn_sharpening(spec: SharpeningSpec, sharp: Tensor, *, shortcut: bool, report: Report = silent) -> Sharpening:
    """Return a network while Adam (0.003) trains it on the right half; the left half is only looked at.

    `sharp` is 2×1×SIDE×SIDE as `halves` gives it.
    """
    soft = blurred(sharp, spec.blur)
    network, outputs, quality = Sharpener(spec.seed, shortcut=shortcut), [], []
    optimiser = torch.optim.Adam(network.parameters(), lr=0.003)
    for step in range(SNAPSHOTS[-1] + 1):
        both = network(soft)
        seen = both[1].detach().clamp(0, 1)
        quality.append(decibels(seen, sharp[1]))
        if step in SNAPSHOTS:
            outputs.append(_bytes(seen))
        optimiser.zero_grad()
        (both[0] - sharp[0]).square().mean().backward()
        optimiser.step()
        if step % 5 == 0:
            report(step / (SNAPSHOTS[-1] + 1), f"{'with' if shortcut else 'without'} shortcut, {quality[-1]:.3g} dB")
    return Sharpening(
        shortcut=shortcut, sharp=_bytes(sharp[1]), blurred=_bytes(soft[1]), outputs=tuple(outputs), quality=tuple(quality),
        untouched=decibels(soft[1], sharp[1]),
    )  # fmt: skip


def _bytes(picture: Tensor) -> str:
    values = (255 * picture.clamp(0, 1)).round().to(torch.uint8)
    return b64encode(values.numpy().tobytes()).decode()
