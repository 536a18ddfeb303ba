"""What every block of a trained network does: to the gradient, to the signal, and to what can be read out of it."""

import copy
import math
from typing import Any

import torch
from torch import Tensor
from torch.nn.functional import cosine_similarity, cross_entropy, one_hot

from explorer.datasets import Dataset
from explorer.networks import ResidualNetwork
from explorer.networks.taps import Taps
from explorer.questions.anatomy.result import Anatomy, Values
from explorer.questions.given import Given, Report
from explorer.questions.spec import TrainedSpec

BATCH, FITTED, ASKED = 256, 2000, 2000
"""Pictures at most: in the batch of the gradients, to fit read-outs to, and to ask them; the first of each set."""
MEMORY = 2**28
"""Numbers that the layers may keep for the batch of the gradients; large networks get a smaller one."""
CHUNK = 250
WRITERS = 32
"""Pictures whose last representation is taken apart: every block's part of it is kept in memory."""
RIDGE = 1e-3
"""Ridge of the read-outs, as a share of the features' mean square."""


def measure(spec: TrainedSpec, given: Given) -> tuple[Anatomy, ...]:
    """Return one Anatomy a run."""
    return given.each(spec, _look)


def _look(network: ResidualNetwork, data: Dataset, report: Report) -> Anatomy:
    report(0, "gradients and read-outs")
    device, spec = next(network.parameters()).device, network.outline.spec
    kept = 3 * spec.depth * spec.width * spec.input_shape[1] * spec.input_shape[2]  # conv, norm and relu keep one each

    def some(images: Tensor, labels: Tensor, count: int) -> tuple[Tensor, Tensor]:
        return data.normalise(images[:count].to(device)), labels[:count].to(device)

    return anatomy(
        network,
        some(data.train_images, data.train_labels, max(2, min(BATCH, MEMORY // kept))),
        some(data.train_images, data.train_labels, FITTED),
        some(data.test_images, data.test_labels, ASKED),
    )


def anatomy(
    network: ResidualNetwork, batch: tuple[Tensor, Tensor], training: tuple[Tensor, Tensor], test: tuple[Tensor, Tensor]
) -> Anatomy:
    """Return what every block does.

    Each pair is normalised pictures, N×C×H×W, and labels, N, on the device to compute on. Gradients are those of the
    mean cross-entropy of `batch` in training mode, as the next step would see them; read-outs are fitted to `training`
    and asked on `test` in evaluation mode. Everything happens on a private copy.
    """
    private = copy.deepcopy(network)
    fitted = readouts(private.eval(), training, test)
    writers = written(private, batch[0][:WRITERS])
    taps, loss = tapped_loss(private.train(), *batch)
    split = [_split(tap, *parts) for tap, parts in zip(taps, gradient_parts(taps, loss), strict=True)]
    columns: dict[str, Any] = {name: _finite([one[name] for one in split]) for name in split[0]}
    return Anatomy(
        blocks=tuple(block.name for block in network.outline.blocks),
        readout=tuple(fitted),
        batch=len(batch[1]),
        fitted=len(training[1]),
        pictures=len(test[1]),
        **columns,
        **writers,
    )


def tapped_loss(network: ResidualNetwork, images: Tensor, labels: Tensor) -> tuple[list[Taps], Tensor]:
    """Return every block's taps, and the mean cross-entropy of the forward pass they come from."""
    taps: list[Taps] = []
    return taps, cross_entropy(network(images, taps.append), labels)


def gradient_parts(taps: list[Taps], loss: Tensor) -> list[tuple[Tensor | None, Tensor]]:
    """Return for every block what of ∂E/∂x came over the shortcut, None without one, and what through the branch."""
    overs = [tap.over_shortcut for tap in taps if tap.over_shortcut is not None]
    throughs = [tap.through_branch for tap in taps]
    gradients = iter(torch.autograd.grad(loss, [*throughs, *overs]))
    parts = [next(gradients) for _ in throughs]
    return [(None if tap.over_shortcut is None else next(gradients), part) for tap, part in zip(taps, parts, strict=True)]


def _split(tap: Taps, over: Tensor | None, through: Tensor) -> dict[str, float | None]:
    whole = through if over is None else through + over
    branch, carried = tap.branch.detach(), None if tap.carried is None else tap.carried.detach()
    fits = over is not None and branch.shape == whole.shape
    return {
        "shortcut_gradient": None if over is None else float(over.norm()),
        "branch_gradient": float(through.norm()),
        "input_gradient": float(whole.norm()),
        "gradient_cosine": None if over is None else _cosine(over, through),
        "added": None if carried is None else float(branch.norm() / carried.norm()),
        "added_cosine": None if carried is None else _cosine(branch, carried),
        "downhill": float(cosine_similarity(branch.flatten(1), -whole.flatten(1)).mean()) if fits else None,
    }


@torch.no_grad()
def written(network: ResidualNetwork, images: Tensor) -> dict[str, Any]:
    """Return who wrote the last block's output, as `Anatomy`'s four fields; images N×C×H×W, evaluation mode."""
    x = network.stem(images)
    before, relus, constant = x, torch.zeros_like(x), torch.zeros_like(x)
    blocks: list[Tensor | None] = []
    for block in network.blocks:
        seen: list[Taps] = []
        x = block(x, seen.append)
        [tap] = seen
        if tap.carried is None or block.shortcut is None:
            nothing = dict.fromkeys(("written_before", "written_relu", "written_constant"))
            return {"written": (None,) * len(network.blocks), **nothing}
        if block.reads_entry:  # not linear: what came before cannot be told apart any more
            before, relus, constant = tap.carried, torch.zeros_like(tap.carried), torch.zeros_like(tap.carried)
            blocks = [None] * len(blocks)
        else:
            offset = block.shortcut(torch.zeros_like(tap.x))
            before, relus = (block.shortcut(part) - offset for part in (before, relus))
            blocks = [None if part is None else block.shortcut(part) - offset for part in blocks]
            constant = block.shortcut(constant)
        blocks.append(tap.branch)
        relus = relus + x - (tap.branch + tap.carried)
    whole = x.flatten().double()

    def share(part: Tensor) -> float | None:
        found = float(part.flatten().double() @ whole / (whole @ whole))
        return found if math.isfinite(found) else None

    return {
        "written": tuple(None if part is None else share(part) for part in blocks),
        "written_before": share(before),
        "written_relu": share(relus),
        "written_constant": share(constant),
    }


def _cosine(one: Tensor, other: Tensor) -> float:
    return float(cosine_similarity(one.flatten(), other.flatten(), dim=0))


def _finite(values: list[float | None]) -> Values:
    return tuple(value if value is not None and math.isfinite(value) else None for value in values)


@torch.no_grad()
def readouts(network: ResidualNetwork, training: tuple[Tensor, Tensor], test: tuple[Tensor, Tensor]) -> list[float]:
    """Return the share of test pictures that a linear read-out gets right, after the stem and after every block.

    A read-out is the ridge regression of the classes on the pooled features, in closed form and double precision.
    """
    classes = int(training[1].max()) + 1
    wanted = one_hot(training[1], classes).double()
    right = []
    for fit, asked in zip(_features(network, training[0]), _features(network, test[0]), strict=True):
        weights = ridge(fit, wanted)
        right.append(float((_with_bias(asked) @ weights).argmax(1).eq(test[1]).double().mean()))
    return right


def ridge(features: Tensor, wanted: Tensor) -> Tensor:
    """Return (C+1)×K weights, the bias last, that map N×C features to N×K with the least squares and a small ridge."""
    inputs = _with_bias(features)
    gram = inputs.T @ inputs
    penalty = RIDGE * features.square().mean() * len(features) * torch.eye(len(gram), device=gram.device).double()
    penalty[-1, -1] = 0
    penalty += 1e-9 * torch.eye(len(gram), device=gram.device)
    weights: Tensor = torch.linalg.solve(gram + penalty, inputs.T @ wanted)
    return weights


def _with_bias(features: Tensor) -> Tensor:
    return torch.cat([features, torch.ones_like(features[:, :1])], dim=1)


def _features(network: ResidualNetwork, images: Tensor) -> list[Tensor]:
    """Pooled features, N×C in double precision, after the stem and after every block."""
    parts = []
    for part in torch.split(images, CHUNK):
        x = network.stem(part)
        pooled = [x.mean((2, 3))]
        for block in network.blocks:
            x = block(x)
            pooled.append(x.mean((2, 3)))
        parts.append(pooled)
    return [torch.cat(column).double() for column in zip(*parts, strict=True)]
