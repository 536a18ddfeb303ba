"""The gradient that a block's input gets, as autograd finds it."""

import torch
from torch import tensor

from explorer.labs.strength.result import StrengthGradient
from explorer.labs.strength.spec import BIAS, FIRST, SECOND, StrengthSpec
from explorer.questions.given import Given


def measure(spec: StrengthSpec, given: Given) -> tuple[StrengthGradient]:
    """Return the measured gradient."""
    del given
    return (input_gradient(spec),)


def input_gradient(spec: StrengthSpec) -> StrengthGradient:
    """Return ∇ₓ ½‖x + αh(x) − t‖² in double precision."""
    first, bias, second = (tensor(weights, dtype=torch.float64) for weights in (FIRST, BIAS, SECOND))
    x = tensor(spec.x, dtype=torch.float64, requires_grad=True)
    y = x + spec.alpha * (second @ torch.tanh(first @ x + bias))
    loss = (y - tensor(spec.t, dtype=torch.float64)).square().sum() / 2
    across, up = torch.autograd.grad(loss, x)[0].tolist()
    return StrengthGradient(gradient=(across, up))
