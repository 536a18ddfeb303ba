"""Tokens through layers of self-attention: how fast they become all the same, and what gradients the layers get.

Single-head attention after Dong et al. 2021; blocks with layer norm before or after the sum, as in Xiong et al. 2020.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from explorer.labs import Array

TOKENS, WIDTH = 16, 32
ROUNDING = 1e-14
"""Distances below this are what double precision leaves of zero, except where they are computed apart."""
Back = Callable[[Array], Array]
"""From the gradient by an output to the gradient by the input."""


class Norm(StrEnum):
    """Where layer norm stands."""

    NONE = "none"
    PRE = "pre"
    """On the way into a branch; once more before the loss."""
    POST = "post"
    """After every sum."""


@dataclass(frozen=True)
class Layer:
    """Weights of one layer, drawn once for all networks."""

    query: Array
    key: Array
    value: Array
    up: Array
    down: Array


def draw(layers: int, scale: float, spread: float, seed: int) -> tuple[Array, list[Layer]]:
    """Return tokens, TOKENS × WIDTH: one common vector plus `spread` times their own; and the weights.

    Attention's matrices have spread `scale`/√WIDTH, the MLP's are He's.
    """
    rng = np.random.default_rng(seed)
    tokens = rng.standard_normal(WIDTH) + spread * rng.standard_normal((TOKENS, WIDTH))
    told = []
    for _ in range(layers):
        query, key, value = scale * rng.standard_normal((3, WIDTH, WIDTH)) / np.sqrt(WIDTH)
        up = rng.standard_normal((WIDTH, 2 * WIDTH)) * np.sqrt(2 / WIDTH)
        told.append(Layer(query, key, value, up, rng.standard_normal((2 * WIDTH, WIDTH)) / np.sqrt(2 * WIDTH)))
    return tokens, told


def distance(tokens: Array) -> float:
    """Return ‖X − 1x̄ᵀ‖ / ‖X‖ (Frobenius), x̄ the mean token: 0 where all tokens are the same and X has rank one."""
    return float(np.linalg.norm(tokens - tokens.mean(axis=0)) / np.linalg.norm(tokens))


def attention_alone(tokens: Array, layers: list[Layer]) -> Array:
    """Return the distance after 0, 1, … layers X ← softmax(XQ(XK)ᵀ/√d) X V, true far below rounding.

    X = 1xᵀ + R is carried as x and R apart. What a query has in common with all others moves every row of the softmax
    alike, so the rows differ only by what R does, and expm1 keeps that small difference's digits.
    """
    common, rest = tokens.mean(axis=0), tokens - tokens.mean(axis=0)
    told = [distance(tokens)]
    for layer in layers:
        keys = rest @ layer.key / np.sqrt(WIDTH)
        logits = (common @ layer.query @ keys.T)[None]
        shared = _softmax(logits)[0]
        grown = _grown(rest @ layer.query @ keys.T, logits, shared)
        mean = common @ layer.value + shared @ rest @ layer.value
        moved = grown @ rest @ layer.value
        common, rest = mean + moved.mean(axis=0), moved - moved.mean(axis=0)
        size = _tiny_norm(rest)
        told.append(float(size / np.hypot(size, np.sqrt(TOKENS) * np.linalg.norm(common))))
    return np.array(told)


def _tiny_norm(values: Array) -> float:
    """Return the norm of values whose squares would be too small for double precision."""
    most = float(np.abs(values).max())
    return most * float(np.linalg.norm(values / most)) if most else 0.0


def _grown(own: Array, logits: Array, shared: Array) -> Array:
    """Return softmax(logits + own) − softmax(logits), row by row, with all its digits where `own` is small."""
    if np.abs(own).max() > 1:
        return _softmax(logits + own) - shared
    steps = np.expm1(own)
    mean = (steps @ shared)[:, None]
    return np.asarray(shared * (steps - mean) / (1 + mean))


def slope(distances: Array) -> float | None:
    """Return how much longer the last step down was than the one before, in logarithms; None without three distances.

    A network that cubes the distance, r ← C r³, has 3, whatever C is.
    """
    kept = np.log(distances[distances > 1e-280])
    return float((kept[-1] - kept[-2]) / (kept[-2] - kept[-3])) if len(kept) > 2 and kept[-2] != kept[-3] else None


@dataclass(frozen=True)
class Trace:
    """One network, layer by layer."""

    distances: Array
    """Of the tokens after 0, 1, … layers."""
    gradients: Array
    """Norm of the loss's gradient by the MLP's second matrix, of every layer; empty without MLP."""


def trace(
    tokens: Array, layers: list[Layer], *, shortcut: bool, mlp: bool, norm: Norm = Norm.NONE
) -> Trace:  # fmt: skip
    """Return distances and gradients of one network; the loss is ⟨U, X⟩, X the last tokens, U drawn with seed 0."""
    x, distances = tokens, [distance(tokens)]
    backs: list[Back] = []
    inner: list[tuple[tuple[Array, Back], Back]] = []
    for layer in layers:
        x, back = _block(x, lambda z, own=layer: _attention(z, own), shortcut, norm)  # type: ignore[misc]
        backs.append(back)
        if mlp:
            x, back, hidden = _mlp_block(x, layer, shortcut, norm)
            backs.append(back)
            inner.append((hidden, back))
        distances.append(distance(x))
    gradient: Array = np.random.default_rng(0).standard_normal(x.shape)
    if norm is Norm.PRE:
        gradient = _layer_norm(x)[1](gradient)
    gradients = []
    for back in reversed(backs):
        if inner and back is inner[-1][1]:
            hidden, _ = inner.pop()
            own = hidden[1](gradient) if norm is Norm.POST else gradient
            gradients.append(float(np.linalg.norm(hidden[0].T @ own)))
        gradient = back(gradient)
    return Trace(np.array(distances), np.array(gradients[::-1]))


def _block(
    x: Array, branch: Callable[[Array], tuple[Array, Back]], shortcut: bool, norm: Norm
) -> tuple[Array, Back]:  # fmt: skip
    entry, enter = _layer_norm(x) if norm is Norm.PRE else (x, _same)
    out, through = branch(entry)
    total = x + out if shortcut else out
    total, leave = _layer_norm(total) if norm is Norm.POST else (total, _same)

    def back(gradient: Array) -> Array:
        gradient = leave(gradient)
        return enter(through(gradient)) + (gradient if shortcut else 0.0)

    return total, back


def _mlp_block(
    x: Array, layer: Layer, shortcut: bool, norm: Norm
) -> tuple[Array, Back, tuple[Array, Back]]:  # fmt: skip
    """Return what `_block` does, and for the gradient by `down`: the hidden units, and the way back over the last norm."""
    kept: list[Array] = []

    def mlp(z: Array) -> tuple[Array, Back]:
        hidden = np.maximum(z @ layer.up, 0)
        kept.append(hidden)
        return hidden @ layer.down, lambda gradient: ((gradient @ layer.down.T) * (hidden > 0)) @ layer.up.T

    total, back = _block(x, mlp, shortcut, norm)
    leave = _layer_norm(x + kept[0] @ layer.down if shortcut else kept[0] @ layer.down)[1]
    return total, back, (kept[0], leave)


def _attention(x: Array, layer: Layer) -> tuple[Array, Back]:
    queries, keys, values = x @ layer.query, x @ layer.key, x @ layer.value
    weights = _softmax(queries @ keys.T / np.sqrt(WIDTH))

    def back(gradient: Array) -> Array:
        by_weights = gradient @ values.T
        by_logits = weights * (by_weights - (weights * by_weights).sum(axis=1, keepdims=True)) / np.sqrt(WIDTH)
        by_keys = by_logits.T @ queries
        return np.asarray(by_logits @ keys @ layer.query.T + by_keys @ layer.key.T + weights.T @ gradient @ layer.value.T)

    return weights @ values, back


def _layer_norm(x: Array) -> tuple[Array, Back]:
    size = np.sqrt(x.var(axis=1, keepdims=True) + 1e-5)
    out = (x - x.mean(axis=1, keepdims=True)) / size

    def back(gradient: Array) -> Array:
        along = (gradient * out).mean(axis=1, keepdims=True)
        return np.asarray((gradient - gradient.mean(axis=1, keepdims=True) - out * along) / size)

    return out, back


def _softmax(logits: Array) -> Array:
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def _same(gradient: Array) -> Array:
    return gradient
