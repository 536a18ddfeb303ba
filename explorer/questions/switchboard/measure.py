"""What normalisation and initialisation do to the gradient, measured on networks that have not learned anything."""

import math
from collections.abc import Sequence
from itertools import product

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from explorer.datasets import load
from explorer.networks import build
from explorer.questions.given import Given, Report, silent
from explorer.questions.switchboard.result import FirstStep
from explorer.questions.switchboard.spec import DEPTHS, SCALES, SwitchboardSpec
from explorer.specs import DatasetSpec, NetworkSpec, Normalisation, Shortcut, settings

BATCH = 64
"""The first digits of the training set."""


def measure(spec: SwitchboardSpec, given: Given) -> tuple[FirstStep, ...]:
    """Return one FirstStep a network form and setting."""
    data = load(DatasetSpec(), settings().datasets_path)
    images, labels = data.normalise(data.train_images[:BATCH]), data.train_labels[:BATCH]
    return switchboard(spec, images, labels, report=given.report)


def switchboard(
    spec: SwitchboardSpec, images: Tensor, labels: Tensor, *, depths: Sequence[int] = DEPTHS, report: Report = silent
) -> tuple[FirstStep, ...]:
    """Return the first step's gradient norms, plain and residual, for every normalisation, initial scale and depth.

    `images` is N×C×H×W, normalised; `labels` is N; every network sees this one batch, in training mode.
    """
    switched = list(product((True, False), Normalisation, SCALES))
    results = []
    for place, (plain, normalisation, scale) in enumerate(switched):
        columns = []
        for number, depth in enumerate(depths):
            report((place + number / len(depths)) / len(switched), f"depth {depth}")
            network = NetworkSpec(
                depth=depth, order=spec.order, shortcut=Shortcut.NONE if plain else spec.shortcut,
                width=spec.width, normalisation=normalisation, input_shape=_shape(images),
                classes=int(labels.max()) + 1,
            )  # fmt: skip
            norms = first_gradient_norms(network, spec.seed, SCALES[scale], images, labels)
            columns.append((norms[0], min(norms), max(norms)))
        first, low, high = (tuple(map(_finite, column)) for column in zip(*columns, strict=True))
        results.append(
            FirstStep(
                plain=plain, normalisation=normalisation, scale=scale, depths=tuple(depths), first=first, low=low, high=high
            )
        )  # fmt: skip
    return tuple(results)


def first_gradient_norms(spec: NetworkSpec, seed: int, factor: float, images: Tensor, labels: Tensor) -> list[float]:
    """Return the gradient norm of every weighted layer, first to last, with all convolutions' weights times `factor`."""
    network = build(spec, seed).to(images.device).train()
    with torch.no_grad():
        for module in network.modules():
            if isinstance(module, nn.Conv2d):
                module.weight *= factor
    weights = [network.get_submodule(layer.name).weight for layer in network.outline.weighted_layers]
    gradients = torch.autograd.grad(cross_entropy(network(images), labels), weights)  # type: ignore[arg-type]
    return [float(norm) for norm in torch._foreach_norm(gradients)]


def _shape(images: Tensor) -> tuple[int, int, int]:
    channels, height, width = images.shape[1:]
    return channels, height, width


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
