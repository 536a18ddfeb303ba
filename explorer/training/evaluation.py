"""Loss and error on both sets, in evaluation mode."""

from contextlib import AbstractContextManager

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from explorer.networks import ResidualNetwork
from explorer.training.batches import Batches

MOST = 10_000
"""Of each set at most so many pictures, the first ones, are measured."""
GLANCE = 2**20
"""Pixels of each set that a processor looks at before the last step: about 1000 pictures of 32×32, all of 8×8.
All of CIFAR would take it longer than the steps between two evaluations; the last step measures `MOST`."""
CHUNK = 500
"""Pictures measured at once."""


def pictures(images: Tensor, device: torch.device, *, final: bool) -> int:
    """Return how many of these pictures (N×C×H×W), the first ones, an evaluation on a device measures."""
    few = GLANCE // (images.shape[2] * images.shape[3])
    return min(len(images), MOST if final or device.type != "cpu" else few)


def loss_and_error(
    network: ResidualNetwork, batches: Batches, images: Tensor, labels: Tensor, autocast: AbstractContextManager[object]
) -> tuple[float, float]:
    """Return the mean cross-entropy and the share misclassified of pictures in the dataset's own format."""
    network.eval()
    totals = torch.zeros(2, device=batches.device)
    with torch.no_grad(), autocast:
        for part, truth in zip(torch.split(images, CHUNK), torch.split(labels, CHUNK), strict=True):
            logits = network(batches.prepare(part)).float()
            truth = truth.to(batches.device)
            loss = cross_entropy(logits, truth, reduction="sum")
            totals += torch.stack([loss, (logits.argmax(1) != truth).float().sum()])
    mean_loss, error = (totals / len(labels)).tolist()
    return mean_loss, error
