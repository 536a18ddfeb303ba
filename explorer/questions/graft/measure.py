"""A trained network with one block a stage more, or fewer."""

import copy
import math

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from explorer.networks import ResidualNetwork, build, zero_branch
from explorer.questions.graft.result import Grafted
from explorer.specs.graft import Change, changed

CHUNK = 500


def grafted(network: ResidualNetwork, change: Change, seed: int = 0) -> ResidualNetwork:
    """Return a new network on the CPU: all trained weights and statistics, and where blocks are new, drawn ones.

    A new block with a shortcut has a zero branch: it is the identity, also under the relu after the sum, for what comes
    in there has been through a relu. A new plain block starts as any. Raises ValueError, one sentence, where this
    network cannot be changed so.
    """
    spec = network.outline.spec
    made = build(changed(spec, change), seed)
    trained = network.state_dict()
    for block in made.outline.blocks if not spec.plain else ():
        if not any(name.startswith(f"{block.name}.") for name in trained):
            zero_branch(made, block, made.outline.spec)
    kept = {name: trained.get(name, value) for name, value in made.state_dict().items()}
    made.load_state_dict(kept, strict=True)
    return made


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
