"""Every block explained in one go: Grad-CAM at branch, shortcut and sum, and the conductance through the two.

captum reads one layer a call; this reads them all in the same passes, by captum's own formulas.
"""

import copy
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from math import prod

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from explorer.networks import ResidualNetwork
from explorer.questions.attribution.blocks.result import BlockMaps
from explorer.questions.attribution.given import Pictures, each
from explorer.questions.attribution.methods.spec import AttributionSpec
from explorer.questions.given import Given, Report

STEPS = 64
"""Points from the baseline to the picture, both ends among them."""
_MEMORY = 3e8
"""Bytes that the watched outputs of one pass may take."""
Floats = npt.NDArray[np.float32]
Maps = tuple[Floats, ...]


def measure(spec: AttributionSpec, given: Given) -> tuple[BlockMaps, ...]:
    """Return one BlockMaps a network: what every block adds."""

    def explain(network: ResidualNetwork, pictures: Pictures, report: Report) -> BlockMaps:
        return explain_blocks(
            network, pictures.images, pictures.targets, pictures.baselines,
            shown=pictures.shown, labels=pictures.labels, report=report,
        )  # fmt: skip

    return each(spec, given, explain)


def explain_blocks(
    network: ResidualNetwork, images: Tensor, targets: Tensor | None, baselines: Tensor, *,
    shown: npt.NDArray[np.uint8], labels: npt.NDArray[np.int64], report: Report,
) -> BlockMaps:  # fmt: skip
    """Return what each block of a network adds to a class, for N pictures.

    `images` and `baselines` are N×C×H×W, normalised; `targets` is N class numbers, None for the network's own
    answers. Grad-CAM as Selvaraju et al. 2017, sign kept; conductance as Dhamdhere et al. 2018, equation 3, with
    captum's rule: gradients at the near end of each step. Everything happens on a copy in evaluation mode.
    """
    private = copy.deepcopy(network).to(images.device).eval().requires_grad_(requires_grad=False)
    with torch.no_grad():
        logits, without = private(images), private(baselines)
    chosen = logits.argmax(1) if targets is None else targets.to(images.device)
    report(0, "Grad-CAM at every block")
    maps = _cams(private, images, chosen)
    parts = _conductances(private, images, baselines, chosen, report)
    rows = torch.arange(len(images), device=images.device)
    return BlockMaps(
        tuple(block.name for block in network.outline.blocks), shown, labels, chosen.cpu().numpy(), _numpy(logits), *maps,
        through_branch=parts[0], over_shortcut=parts[1], rises=_numpy((logits - without)[rows, chosen]),
    )  # fmt: skip


@contextmanager
def watching(modules: Mapping[str, nn.Module]) -> Iterator[dict[str, Tensor]]:
    """Collect by name what these modules give in the next forward pass; no hook stays."""
    kept: dict[str, Tensor] = {}

    def keep(name: str) -> Callable[[nn.Module, object, Tensor], None]:
        return lambda _module, _inputs, output: kept.update({name: output})

    handles = [module.register_forward_hook(keep(name)) for name, module in modules.items()]
    try:
        yield kept
    finally:
        for handle in handles:
            handle.remove()


@dataclass(frozen=True, slots=True)
class _Pass:
    """One forward pass and the gradient of the targets' logits at every block."""

    branch: list[Tensor]
    """F(x) of every block, N×C×h×w."""
    shortcut: list[Tensor | None]
    after: list[Tensor]
    """The blocks' outputs."""
    at_sum: list[Tensor]
    """The gradient at the sum, which both addends share; of a plain block at its branch."""
    at_output: list[Tensor]


def _through(network: ResidualNetwork, images: Tensor, targets: Tensor) -> _Pass:
    modules: dict[str, nn.Module] = {}
    for index, block in enumerate(network.blocks):
        modules |= {f"after{index}": block, f"branch{index}": block.branch}
        if block.shortcut is not None:
            modules[f"shortcut{index}"] = block.shortcut
    with watching(modules) as kept:
        logits = network(images.clone().requires_grad_())
    count = len(network.blocks)
    after, branch = ([kept[f"{part}{index}"] for index in range(count)] for part in ("after", "branch"))
    gradients = torch.autograd.grad(logits.gather(1, targets[:, None]).sum(), [*branch, *after])
    carried = [kept.get(f"shortcut{index}") for index in range(count)]
    return _Pass(branch, carried, after, list(gradients[:count]), list(gradients[count:]))


def _cams(network: ResidualNetwork, images: Tensor, targets: Tensor) -> tuple[Maps, Maps, Maps]:
    """Grad-CAM after, at the branch and at the shortcut of every block."""
    found = _through(network, images, targets)
    return (
        tuple(map(_cam, found.after, found.at_output)),
        tuple(map(_cam, found.branch, found.at_sum)),
        tuple(map(_cam, found.shortcut, found.at_sum)),
    )


def _cam(values: Tensor | None, gradients: Tensor) -> Floats:
    if values is None:
        return _numpy(gradients.new_full((len(gradients), *gradients.shape[2:]), torch.nan))
    return _numpy((gradients.mean((2, 3), keepdim=True) * values).sum(1))


def _conductances(
    network: ResidualNetwork, images: Tensor, baselines: Tensor, targets: Tensor, report: Report
) -> tuple[Floats, Floats]:
    """N×L each: what flows through branch and shortcut of every block, some steps of the way at a time."""
    shares = torch.linspace(0, 1, STEPS, dtype=torch.float64).to(images.device, images.dtype)
    at_once = _steps_at_once(network, len(images))
    total: Tensor | int = 0
    for start in range(0, STEPS - 1, at_once):
        report(start / STEPS, "conductance of every block")
        steps = shares[start : start + at_once + 1]
        way = torch.cat([baselines + share * (images - baselines) for share in steps])
        total = total + _flows(_through(network, way, targets.repeat(len(steps))), len(images))
    assert isinstance(total, Tensor)
    return _numpy(total[0].T), _numpy(total[1].T)


def _flows(found: _Pass, count: int) -> Tensor:
    """2×L×N: over a few steps, each step's change of an addend times the gradient at the step's beginning."""
    rows = []
    for addends in (found.branch, found.shortcut):
        row = [
            gradient.new_full((count,), torch.nan) if values is None else _flow(values, gradient, count)
            for values, gradient in zip(addends, found.at_sum, strict=True)
        ]
        rows.append(torch.stack(row))
    return torch.stack(rows)


def _flow(values: Tensor, gradient: Tensor, count: int) -> Tensor:
    changes = (values[count:] - values[:-count]) * gradient[:-count]
    return changes.flatten(1).sum(1).view(-1, count).sum(0)


def _steps_at_once(network: ResidualNetwork, count: int) -> int:
    """As many steps as keep what is watched, with its gradients, within the memory."""
    values = sum(prod(layer.output_shape) for layer in network.outline.layers)
    return max(1, min(STEPS, int(_MEMORY / (8 * values * count))))


def _numpy(values: Tensor) -> Floats:
    return values.detach().float().cpu().numpy()
