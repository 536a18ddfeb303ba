"""Gradients back through time: a recurrent network, the cell of the first LSTM, and the cell with a forget gate.

The state is h = tanh W(h, x), or a cell: c ← f·c + i·g, all of which look at tanh c; f is 1 in 1997's, σ(… + b) in 2000's.
There is no output gate.
"""

from dataclasses import dataclass

import numpy as np

from explorer.labs import Array
from explorer.labs.through_time.spec import LENGTHS, WIDTH, Cell

SAYING_THE_MEAN = 2 / 12
"""Mean square error of always answering 1 in the adding problem: the variance of two numbers, each uniform from 0 to 1."""
LAST = 50
"""Steps of training that an error is a mean over."""


@dataclass(frozen=True)
class Weights:
    """Of one draw, shared by all cells: recurrent matrices for g, i and f, and what the inputs add to each of them."""

    recurrent: Array
    """3 × width × width."""
    inputs: Array
    """steps × 3 × width."""
    end: Array
    """∂E/∂state at the last step, of norm 1."""


@dataclass(frozen=True)
class History:
    """One network over time; arrays over the steps 0 … T."""

    state: Array
    """Norm of the state."""
    gradient: Array
    """‖∂E/∂state_t‖, 1 at the end."""
    gate: Array
    """Mean of f at every step, T values; nothing for a network without cell."""


def draw(steps: int, size: float, seed: int) -> Weights:
    """Return weights of spread `size`/√width, and inputs of spread a half."""
    rng = np.random.default_rng(seed)
    recurrent = size * rng.standard_normal((3, WIDTH, WIDTH)) / np.sqrt(WIDTH)
    inputs, end = 0.5 * rng.standard_normal((LENGTHS[-1], 3, WIDTH))[:steps], rng.standard_normal(WIDTH)
    return Weights(recurrent, inputs, end / np.linalg.norm(end))


def history(weights: Weights, cell: Cell, bias: float = 0.0) -> History:
    """Return states and gradients of one network, from a state of zero; `bias` is the forget gate's."""
    state: Array = np.zeros(WIDTH)
    jacobians: list[Array] = []
    sizes, gates = [0.0], []
    for given in weights.inputs:
        if cell is Cell.RECURRENT:
            state, jacobian = _recurrent(state, weights.recurrent[0], given[0])
        else:
            state, jacobian, gate = _cell(state, weights.recurrent, given, bias if cell is Cell.FORGETFUL else None)
            gates.append(float(gate.mean()))
        sizes.append(float(np.linalg.norm(state)))
        jacobians.append(jacobian)
    gradient, told = weights.end, [1.0]
    for jacobian in reversed(jacobians):
        gradient = jacobian.T @ gradient
        told.append(float(np.linalg.norm(gradient)))
    return History(np.array(sizes), np.array(told[::-1]), np.array(gates))


def sigmoid(value: Array | float) -> Array:
    """Return 1 / (1 + e^−value)."""
    return np.asarray(1 / (1 + np.exp(-np.asarray(value, dtype=float))))


def _recurrent(h: Array, recurrent: Array, given: Array) -> tuple[Array, Array]:
    out = np.tanh(recurrent @ h + given)
    return out, (1 - out**2)[:, None] * recurrent


def _cell(c: Array, recurrent: Array, given: Array, bias: float | None) -> tuple[Array, Array, Array]:
    """Return the next cell state, its Jacobian by the last one, and the forget gate."""
    seen = np.tanh(c)
    new, entry = np.tanh(recurrent[0] @ seen + given[0]), sigmoid(recurrent[1] @ seen + given[1])
    through = (entry * (1 - new**2))[:, None] * recurrent[0] + (new * entry * (1 - entry))[:, None] * recurrent[1]
    keep: Array = np.ones(WIDTH)
    if bias is not None:
        keep = sigmoid(recurrent[2] @ seen + given[2] + bias)
        through = through + (c * keep * (1 - keep))[:, None] * recurrent[2]
    return keep * c + entry * new, np.diag(keep) + through * (1 - seen**2), keep


def smoothed(errors: Array) -> Array:
    """Return at every step the mean over the LAST steps until then, or over all that there are."""
    sums = np.concatenate([[0.0], np.cumsum(errors)])
    ends = np.arange(1, len(errors) + 1)
    starts = np.maximum(ends - LAST, 0)
    return np.asarray((sums[ends] - sums[starts]) / (ends - starts))
