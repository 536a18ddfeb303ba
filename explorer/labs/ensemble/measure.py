"""A trained network read as a sum: what it answers if it ends after each block, and which way each block pushes.

Unrolled, x_L = x_0 + ΣF_l (He et al. 2016, arXiv:1603.05027, equation 4). Ending after k blocks takes the branches of all later
ones away, so that shortcuts alone carry x_k to the head; what a block adds to an answer is what changes if the network ends
one block later. That it should point down the loss is boosting's view (Huang et al. 2018, arXiv:1706.04964).
"""

from base64 import b64encode
from collections.abc import Callable, Collection, Sequence
from math import prod

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from explorer.datasets import Dataset, unit_range
from explorer.labs.ensemble.result import BlockAccount
from explorer.labs.ensemble.spec import LOOKED_AT, EnsembleSpec
from explorer.networks import ResidualBlock, ResidualNetwork
from explorer.questions.given import Given, Report, silent
from explorer.questions.lesion.spec import removable

MOST = 1000
"""Test pictures that are asked, the first ones."""
PUSHED = 100
"""Pictures that the way a block pushes is a mean over, the first ones."""
_MEMORY = 3e8
"""Bytes that the states of one pass may take."""
Pass = Callable[[Tensor], Tensor]


def measure(spec: EnsembleSpec, given: Given) -> tuple[BlockAccount, ...]:
    """Return one BlockAccount a run."""

    def end_after_each(network: ResidualNetwork, data: Dataset, report: Report) -> BlockAccount:
        device = next(network.parameters()).device
        images, labels = data.normalise(data.test_images[:MOST].to(device)), data.test_labels[:MOST].to(device)
        return account(network, images, labels, _shown(data), removed=spec.removed, report=report)

    return given.each(spec, end_after_each)


def _shown(data: Dataset) -> list[str]:
    values = (unit_range(data.test_images[:LOOKED_AT]) * 255).round().byte().permute(0, 2, 3, 1).contiguous()
    return [b64encode(one.numpy().tobytes()).decode() for one in values]


def account(
    network: ResidualNetwork,
    images: Tensor,
    labels: Tensor,
    shown: Sequence[str],
    *,
    removed: Collection[str] = (),
    report: Report = silent,
) -> BlockAccount:
    """Return what each block adds to the answers of a network; the blocks named in `removed` lose their branch first.

    `images` is N×C×H×W, normalised, `labels` is N, both on the device to compute on; `shown` are the first pictures, as
    BlockAccount has them. The network is put into evaluation mode and otherwise stays as it is.
    """
    network.eval()
    forms = network.outline.blocks
    ways = [_way(block, free=removable(form)) for block, form in zip(network.blocks, forms, strict=True)]
    steps: list[Pass] = [
        past if form.name in removed else block for block, past, form in zip(network.blocks, ways, forms, strict=True)
    ]
    logits = _ended(network, images, steps, ways, report)
    right = (logits.argmax(2) == labels).float().mean(1)
    pushed = _downhill(network, images[:PUSHED], labels[:PUSHED], steps, ways, report)
    return BlockAccount(
        blocks=tuple(form.name for form in forms),
        fixed=tuple(form.name for form in forms if not removable(form)),
        right=tuple(right.tolist()), downhill=tuple(pushed), logits=_rows(logits[:, : len(shown)].transpose(0, 1)),
        labels=tuple(labels[: len(shown)].tolist()), pictures=tuple(shown), asked=len(labels),
    )  # fmt: skip


def _rows(values: Tensor) -> tuple[tuple[tuple[float, ...], ...], ...]:
    return tuple(tuple(map(tuple, one.tolist())) for one in values)


def _way(block: ResidualBlock, *, free: bool) -> Pass:
    """The block as it is passed without its branch; one that cannot be passed so stays whole."""
    return block.without_branch if free else block


@torch.no_grad()
def _ended(network: ResidualNetwork, images: Tensor, steps: Sequence[Pass], ways: Sequence[Pass], report: Report) -> Tensor:
    """(L + 1)×N×classes: the logits if the network ends after k blocks; all states of a few pictures go on together."""
    values = max(prod(form.output_shape) for form in network.outline.blocks)
    parts = torch.split(images, max(1, int(_MEMORY / (4 * values * (len(steps) + 1)))))
    told = []
    for number, part in enumerate(parts):
        x: Tensor = network.stem(part)
        held = x[None]
        for place, (step, past) in enumerate(zip(steps, ways, strict=True)):
            report(0.5 * (number + place / len(steps)) / len(parts), "what it answers after each block")
            rest = past(held.flatten(0, 1))
            x = step(x)
            held = torch.cat([rest.view(len(held), *x.shape), x[None]])
        told.append(network.head(held.flatten(0, 1)).view(len(held), len(part), -1))
    return torch.cat(told, 1)


def _downhill(
    network: ResidualNetwork, images: Tensor, labels: Tensor, steps: Sequence[Pass], ways: Sequence[Pass], report: Report
) -> list[float | None]:  # fmt: skip
    """For each block the mean cosine between what it adds and −∂E/∂x, E the loss if the network ended before it."""
    told: list[float | None] = []
    with torch.no_grad():
        x = network.stem(images)
    for place, (step, past) in enumerate(zip(steps, ways, strict=True)):
        with torch.no_grad():
            before, x = past(x), step(x)
        start = end = before.detach().requires_grad_()
        for later in ways[place + 1 :]:
            end = later(end)
        [gradient] = torch.autograd.grad(cross_entropy(network.head(end), labels, reduction="sum"), start)
        told.append(_cosine(x - before, -gradient))
        report(0.5 + 0.5 * (place + 1) / len(steps), "which way each block pushes")
    return told


def _cosine(added: Tensor, wanted: Tensor) -> float | None:
    sizes = added.flatten(1).norm(dim=1) * wanted.flatten(1).norm(dim=1)
    products = (added * wanted).flatten(1).sum(1)
    known = sizes > 0
    return (products[known] / sizes[known]).mean().item() if known.any() else None
