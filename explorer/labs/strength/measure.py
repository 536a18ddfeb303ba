"""The gradient that a block's input gets, as autograd finds it."""

import torch
from torch import tensor

from explorer.labs.result import StrengthGradient
from explorer.labs.strength.spec import BIAS, FIRST, SECOND, StrengthQuestion


def input_gradient(question: StrengthQuestion) -> StrengthGradient:
    """Return ∇ₓ ½‖x + αh(x) − t‖² in double precision."""
    first, bias, second = (tensor(weights, dtype=torch.float64) for weights in (FIRST, BIAS, SECOND))
    x = tensor(question.x, dtype=torch.float64, requires_grad=True)
    y = x + question.alpha * (second @ torch.tanh(first @ x + bias))
    loss = (y - tensor(question.t, dtype=torch.float64)).square().sum() / 2
    across, up = torch.autograd.grad(loss, x)[0].tolist()
    return StrengthGradient(gradient=(across, up))
