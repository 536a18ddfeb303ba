import numpy as np
import pytest
import torch

from explorer.labs.gate.compute import Passage, draw, scalar_factors, scalar_passages, sigmoid, vector_passages


def measured(kind: str, bias: float, depth: int = 12) -> tuple[list[float], list[float]]:
    """The slow truth: the same network in torch, differentiated by autograd."""
    weights = draw(1.2, depth, 5)
    branch, gate, x, end = (torch.tensor(one) for one in (weights.branch, weights.gate, weights.start, weights.end))
    xs = [x.requires_grad_()]
    for layer in range(depth):
        x, out = xs[-1], torch.tanh(branch[layer] @ xs[-1])
        opened = torch.sigmoid(gate[layer] @ x + bias)
        xs.append({"plain": out, "residual": x + out, "highway": opened * out + (1 - opened) * x}[kind])
    gradients = torch.autograd.grad(xs[-1] @ end, xs)
    return [float(one.detach().norm()) for one in xs], [float(one.norm()) for one in gradients]


@pytest.mark.parametrize("kind", ["plain", "residual", "highway"])
@pytest.mark.parametrize("bias", [-2.0, 0.5])
def test_signal_and_gradient_of_every_layer_are_autograds(kind: str, bias: float) -> None:
    told: Passage = getattr(vector_passages(draw(1.2, 12, 5), bias), kind)
    signal, gradient = measured(kind, bias)
    assert told.signal == pytest.approx(signal, rel=1e-10)
    assert told.gradient == pytest.approx(gradient, rel=1e-10)


def test_a_closed_gate_leaves_the_plain_network_and_an_open_one_the_identity() -> None:
    weights = draw(0.5, 20, 1)
    closed, opened = vector_passages(weights, 40.0), vector_passages(weights, -40.0)
    assert closed.highway.gradient == pytest.approx(closed.plain.gradient, rel=1e-9)
    assert opened.highway.gradient == pytest.approx(np.ones(21))
    assert opened.highway.signal == pytest.approx(np.ones(21))


def test_numbers_are_multiplied_layer_by_layer() -> None:
    gate = float(sigmoid(1.0))
    assert scalar_factors(0.5, 1.0) == pytest.approx((0.5, 1.5, 1 - gate + 0.5 * gate))
    told = scalar_passages(0.5, 1.0, 3)
    x = 1.0
    for layer in range(4):
        assert told.highway.signal[layer] == told.highway.gradient[3 - layer] == pytest.approx(x)
        x = gate * 0.5 * x + (1 - gate) * x


def test_a_deeper_draw_begins_with_the_shallower_one() -> None:
    assert (draw(0.5, 10, 3).branch == draw(0.5, 20, 3).branch[:10]).all()
