"""Does a map change when what the network has learned is taken away? (Adebayo et al. 2018, arXiv:1810.03292)"""

import copy
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import torch
from scipy.stats import rankdata
from torch import Tensor, nn

from explorer.networks import ResidualNetwork, build

Floats = npt.NDArray[np.float32]


def levels(network: ResidualNetwork) -> list[str]:
    """Return the parts that are made random one after another, from the top down."""
    stages = sorted({f"stage{block.stage}" for block in network.outline.blocks}, reverse=True)
    return ["head", *stages, "stem"]


def randomised(network: ResidualNetwork, pictures: Tensor, seed: int) -> Iterator[tuple[str, ResidualNetwork]]:
    """Yield the name of the part and a copy of the network in which it and all above it have initial weights again.

    The initial weights are those of another seed; batch-norm statistics are measured anew on `pictures`
    (N×C×H×W, normalised), or activations of a deep network would leave their range. The network stays as it is.
    """
    fresh, changed = build(network.outline.spec, seed), copy.deepcopy(network)
    for level in levels(network):
        changed.get_submodule(level).load_state_dict(fresh.get_submodule(level).state_dict())
        again = copy.deepcopy(changed)
        _measure_statistics(again, pictures)
        yield level, again.eval()


@torch.no_grad()
def _measure_statistics(network: nn.Module, pictures: Tensor) -> None:
    for module in network.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.reset_running_stats()
            module.momentum = None  # one batch, taken whole
    network.train()
    network(pictures)


def rank_agreement(maps: Floats, others: Floats) -> npt.NDArray[np.float64]:
    """Return N, Spearman's rank correlation of absolute values over the pixels of two maps, N×H×W each.

    Without the sign, as the paper's first variant. A map of one value has no order: it agrees with nothing, 0.
    """
    found = []
    for one, other in zip(maps, others, strict=True):
        ranks = [rankdata(np.abs(values).ravel()) for values in (one, other)]
        flat = any(np.ptp(rank) == 0 for rank in ranks)
        found.append(0.0 if flat else float(np.corrcoef(*ranks)[0, 1]))
    return np.array(found)
