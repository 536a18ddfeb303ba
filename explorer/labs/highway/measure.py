"""The gradient through real scalar networks, layer upon layer, as autograd finds it."""

import torch

from explorer.labs.highway.result import HighwayGradient
from explorer.labs.highway.spec import HighwaySpec
from explorer.questions.given import Given


def measure(spec: HighwaySpec, given: Given) -> tuple[HighwayGradient]:
    """Return the measured gradients."""
    del given
    return (scalar_gradients(spec.a, spec.depth),)


def scalar_gradients(a: float, depth: int) -> HighwayGradient:
    """Return |∂x_L/∂x_0| of x_{l+1} = a x_l and of x_{l+1} = x_l + a x_l, for L = 0 … depth, computed in fp32."""
    plain, residual = (tuple(_gradient(a, layers, shortcut=shortcut) for layers in range(depth + 1)) for shortcut in (False, True))
    return HighwayGradient(plain=plain, residual=residual)


def _gradient(a: float, layers: int, *, shortcut: bool) -> float:
    weight, start = torch.tensor(a, dtype=torch.float32), torch.tensor(1.0, requires_grad=True)
    x = start
    for _ in range(layers):
        x = x + weight * x if shortcut else weight * x
    return abs(float(torch.autograd.grad(x, start)[0])) if layers else 1.0
