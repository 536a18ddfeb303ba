"""Attribution written slowly and obviously, from the papers' formulas, without captum and without batches."""

import numpy as np
import torch
from torch import Tensor, nn


@torch.no_grad()
def rise(network: nn.Module, image: Tensor, target: int) -> float:
    return float(logit(network, image, target) - logit(network, torch.zeros_like(image), target))


def logit(network: nn.Module, image: Tensor, target: int) -> Tensor:
    return network(image[None])[0, target]


def saliency(network: nn.Module, image: Tensor, target: int) -> Tensor:
    return saliency_by_channel(network, image, target).sum(0)


def saliency_by_channel(network: nn.Module, image: Tensor, target: int) -> Tensor:
    x = image.clone().requires_grad_()
    (gradient,) = torch.autograd.grad(logit(network, x, target), x)
    return gradient


def input_x_gradient(network: nn.Module, image: Tensor, target: int) -> Tensor:
    return saliency_by_channel(network, image, target).mul(image).sum(0)


def integrated_gradients(network: nn.Module, image: Tensor, target: int, tolerance: float) -> Tensor:
    """Steps are doubled until the sum is near enough to the logit's rise."""
    whole, steps = rise(network, image, target), 32
    while True:
        found = integrate(network, image, target, steps)
        if abs(float(found.sum()) - whole) <= tolerance * max(1, abs(whole)) or steps == 1024:
            return found
        steps *= 2


def integrate(network: nn.Module, image: Tensor, target: int, steps: int) -> Tensor:
    points, weights = np.polynomial.legendre.leggauss(steps)
    total = torch.zeros_like(image)
    for point, weight in zip((1 + points) / 2, weights / 2, strict=True):
        x = (float(point) * image).requires_grad_()
        (gradient,) = torch.autograd.grad(logit(network, x, target), x)
        total += float(weight) * gradient
    return (total * image).sum(0)


def grad_cam(network: nn.Module, block: nn.Module, image: Tensor, target: int) -> Tensor:
    kept: list[Tensor] = []
    handle = block.register_forward_hook(lambda _module, _inputs, output: kept.append(output))
    value = logit(network, image.clone().requires_grad_(), target)
    handle.remove()
    (gradient,) = torch.autograd.grad(value, kept[0])
    coarse = sum(gradient[0, k].mean() * kept[0][0, k] for k in range(gradient.shape[1]))
    assert isinstance(coarse, Tensor)
    return nn.functional.interpolate(coarse.detach()[None, None], image.shape[1:], mode="bilinear")[0, 0]


@torch.no_grad()
def occlusion(network: nn.Module, image: Tensor, target: int, side: int, stride: int) -> Tensor:
    _, height, width = image.shape
    total, covered = torch.zeros(height, width), torch.zeros(height, width)
    whole = logit(network, image, target)
    for top in starts(height, side, stride):
        for left in starts(width, side, stride):
            hidden = image.clone()
            hidden[:, top : top + side, left : left + side] = 0
            total[top : top + side, left : left + side] += whole - logit(network, hidden, target)
            covered[top : top + side, left : left + side] += 1
    return total / covered


def starts(length: int, side: int, stride: int) -> list[int]:
    found = [0]
    while found[-1] + side < length:
        found.append(found[-1] + stride)
    return found
