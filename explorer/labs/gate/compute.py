"""A highway network's gate, from open to closed: what reaches the end, and what of the gradient reaches the start.

A highway layer is x_{l+1} = T·F(x_l) + (1 − T)·x_l with the gate T = σ(… + b); b → −∞ gives the identity, b → ∞ the
plain network x_{l+1} = F(x_l).
"""

from dataclasses import dataclass

import numpy as np

from explorer.labs import Array

WIDTH = 16


@dataclass(frozen=True)
class Passage:
    """Two sizes for every layer 0 … L of one network, forward and backward; both are ratios and have no unit."""

    signal: Array
    """‖x_l‖ / ‖x_0‖."""
    gradient: Array
    """‖∂E/∂x_l‖ / ‖∂E/∂x_L‖."""


@dataclass(frozen=True)
class Passages:
    """One weight draw, three networks."""

    plain: Passage
    residual: Passage
    highway: Passage


def sigmoid(value: float | Array) -> Array:
    """Return 1 / (1 + e^−value)."""
    return np.asarray(1 / (1 + np.exp(-np.asarray(value, dtype=float))))


def scalar_factors(a: float, bias: float) -> tuple[float, float, float]:
    """Return what a layer with F(x) = a x multiplies by: plain a, residual 1 + a, highway 1 − T + T a."""
    gate = float(sigmoid(bias))
    return a, 1 + a, 1 - gate + gate * a


def scalar_passages(a: float, bias: float, depth: int) -> Passages:
    """Return the passages of three networks whose layers multiply a number."""
    layers = np.arange(depth + 1)
    told = [Passage(signal=abs(one) ** layers, gradient=abs(one) ** layers[::-1]) for one in scalar_factors(a, bias)]
    return Passages(*told)


@dataclass(frozen=True)
class Weights:
    """Of all layers of one draw: L × width × width for F and for the gate, and where signal and gradient start."""

    branch: Array
    gate: Array
    start: Array
    end: Array


def draw(a: float, depth: int, seed: int) -> Weights:
    """Return weights of F(x) = tanh(Wx), spread a/√width, and of the gate, spread 1/√width; x_0 and ∂E/∂x_L of norm 1."""
    rng = np.random.default_rng(seed)
    branch, gate = rng.standard_normal((2, 60, WIDTH, WIDTH))[:, :depth] / np.sqrt(WIDTH)
    start, end = (one / np.linalg.norm(one) for one in rng.standard_normal((2, WIDTH)))
    return Weights(a * branch, gate, start, end)


def vector_passages(weights: Weights, bias: float) -> Passages:
    """Return the passages of three networks that share the weights of F; the highway's gate is T = σ(Vx + b)."""
    return Passages(plain=_through(weights, plus=0.0), residual=_through(weights, plus=1.0), highway=_through(weights, bias=bias))


def _through(weights: Weights, plus: float = 0.0, bias: float | None = None) -> Passage:
    x, signals, jacobians = weights.start, [1.0], []
    for branch, gate in zip(weights.branch, weights.gate, strict=True):
        x, jacobian = _plain(x, branch, plus) if bias is None else _highway(x, branch, gate, bias)
        signals.append(float(np.linalg.norm(x)))
        jacobians.append(jacobian)
    gradient, sizes = weights.end, [1.0]
    for jacobian in reversed(jacobians):
        gradient = jacobian.T @ gradient
        sizes.append(float(np.linalg.norm(gradient)))
    return Passage(signal=np.array(signals), gradient=np.array(sizes[::-1]))


def _plain(x: Array, branch: Array, plus: float) -> tuple[Array, Array]:
    out = np.tanh(branch @ x)
    return plus * x + out, plus * np.eye(len(x)) + (1 - out**2)[:, None] * branch


def _highway(x: Array, branch: Array, gate: Array, bias: float) -> tuple[Array, Array]:
    """Return the layer's output and its Jacobian: the gate's own slope is the third term."""
    out, opened = np.tanh(branch @ x), sigmoid(gate @ x + bias)
    jacobian = (opened * (1 - out**2))[:, None] * branch + np.diag(1 - opened)
    return opened * out + (1 - opened) * x, jacobian + ((out - x) * opened * (1 - opened))[:, None] * gate
