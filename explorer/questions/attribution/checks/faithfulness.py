"""Maps held against the network itself: insertion and deletion, infidelity, sensitivity."""

from collections.abc import Callable
from dataclasses import replace

import torch
from captum.metrics import infidelity, sensitivity_max
from torch import Tensor, nn

from explorer.questions.attribution.methods.posed import INNER_BATCH, Posed, drawn_from

POINTS = 17
"""Shares of pixels at which insertion and deletion ask the network, both ends among them."""
PATCHES = 32
"""Random patches a picture behind its infidelity."""
NUDGES, RADIUS = 4, 0.05
"""Noisy copies a picture behind its sensitivity, and how far they lie off, in normalised units (largest of all pixels)."""


def shares() -> list[float]:
    """Return the shares of pixels inserted or deleted, 0 to 1."""
    return [index / (POINTS - 1) for index in range(POINTS)]


@torch.no_grad()
def insertion_deletion(network: nn.Module, posed: Posed, maps: Tensor) -> tuple[Tensor, Tensor]:
    """Return N×POINTS twice: the target's probability as pixels are inserted, and as they are deleted.

    Pixels come in the order of the map (N×H×W), largest first: into the baseline, or out of the picture, which then
    shows the baseline (Petsiuk et al. 2018).
    """
    order = maps.flatten(1).argsort(dim=1, descending=True, stable=True).argsort(dim=1)
    inserted, deleted = [], []
    for share in shares():
        first = (order < round(share * order.shape[1])).view(len(maps), 1, *maps.shape[1:])
        inserted.append(_sure(network, torch.where(first, posed.images, posed.baselines), posed.targets))
        deleted.append(_sure(network, torch.where(first, posed.baselines, posed.images), posed.targets))
    return torch.stack(inserted, 1), torch.stack(deleted, 1)


def _sure(network: nn.Module, images: Tensor, targets: Tensor) -> Tensor:
    parts = torch.split(images, INNER_BATCH)
    probabilities = torch.cat([network(part).softmax(1) for part in parts])
    return probabilities.gather(1, targets[:, None])[:, 0]


def infidelities(network: nn.Module, posed: Posed, maps: Tensor, seed: int = 0) -> Tensor:
    """Return N, captum's infidelity (Yeh et al. 2019, definition 2.1), in logits squared.

    How far the map's sum over a random square patch is from what the logit loses when the patch shows the baseline;
    the map may be scaled as fits best, since units differ. `maps` is N×H×W.
    """
    channels = posed.images.shape[1]
    spread = (maps[:, None] / channels).expand(-1, channels, -1, -1)

    def paint_over(images: Tensor, baselines: Tensor) -> tuple[Tensor, Tensor]:
        patches = _patches(images)
        return patches.expand_as(images).to(images), torch.where(patches, baselines, images)

    with drawn_from(seed, posed.images.device):
        found: Tensor = infidelity(
            network, paint_over, posed.images, spread, posed.baselines, target=posed.targets,
            n_perturb_samples=PATCHES, max_examples_per_batch=INNER_BATCH, normalize=True,
        )  # fmt: skip
    return found.detach()


def _patches(images: Tensor) -> Tensor:
    """N×1×H×W, true in one square of an eighth to a half of the side, anywhere."""
    count, _, height, width = images.shape
    least, most = max(1, height // 8), max(2, height // 2)
    side = torch.randint(least, most + 1, (count, 1, 1))
    tops, lefts = ((torch.rand(count, 1, 1) * (size + 1 - side)).long() for size in (height, width))
    rows, columns = torch.arange(height)[None, :, None], torch.arange(width)[None, None, :]
    inside = (rows >= tops) & (rows < tops + side) & (columns >= lefts) & (columns < lefts + side)
    return inside[:, None].to(images.device)


def sensitivities(method: Callable[[Posed], Tensor], posed: Posed, seed: int = 0) -> Tensor:
    """Return N, captum's maximal sensitivity (Yeh et al. 2019, definition 2.2): how far a map moves, as a share of itself.

    The pictures are moved by noise of at most RADIUS a pixel; targets and baselines stay.
    """

    def explain(inputs: tuple[Tensor]) -> tuple[Tensor]:
        (images,) = inputs
        again = len(images) // posed.count
        many = {name: getattr(posed, name).repeat_interleave(again, dim=0) for name in ("targets", "baselines", "segments")}
        return (method(replace(posed, images=images.detach(), **many)),)

    with drawn_from(seed, posed.images.device):
        found: Tensor = sensitivity_max(explain, posed.images, perturb_radius=RADIUS, n_perturb_samples=NUDGES)
    return found.detach()
