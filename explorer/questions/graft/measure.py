"""What one block a stage more, or fewer, does to a trained network at once."""

import copy
import math

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from explorer.datasets import Dataset
from explorer.networks import ResidualNetwork
from explorer.networks.graft import grafted
from explorer.questions.given import Given, Report
from explorer.questions.graft.result import Grafted
from explorer.questions.graft.spec import GraftSpec
from explorer.specs.graft import Change

CHUNK = 500


def measure(spec: GraftSpec, given: Given) -> tuple[Grafted, ...]:
    """Return one Grafted a run; the whole test set is asked."""

    def change(network: ResidualNetwork, data: Dataset, _report: Report) -> Grafted:
        device = next(network.parameters()).device
        return graft(network, spec.change, data.normalise(data.test_images.to(device)), data.test_labels.to(device))

    return given.each(spec, change)


def graft(network: ResidualNetwork, change: Change, images: Tensor, labels: Tensor) -> Grafted:
    """Return loss and error before and after; images N×C×H×W normalised and labels N, on the network's device."""
    made = grafted(network, change).to(images.device)
    (loss_before, error_before), (loss_after, error_after) = (
        _asked(copy.deepcopy(one).eval(), images, labels) for one in (network, made)
    )
    return Grafted(
        before=network.outline.spec.title,
        after=made.outline.spec.title,
        loss_before=loss_before,
        loss_after=loss_after,
        error_before=error_before,
        error_after=error_after,
        pictures=len(labels),
    )


@torch.inference_mode()
def _asked(network: ResidualNetwork, images: Tensor, labels: Tensor) -> tuple[float | None, float]:
    logits = torch.cat([network(some) for some in torch.split(images, CHUNK)])
    loss = float(cross_entropy(logits, labels))
    return loss if math.isfinite(loss) else None, float(logits.argmax(1).ne(labels).double().mean())
