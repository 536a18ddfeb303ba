"""A two-layer perceptron with and without its input joined to its output, fitted to a line plus a bump."""

from dataclasses import dataclass

import numpy as np

from explorer.labs import Array

MOST = 8
"""Hidden units of the largest perceptron."""
STARTS, STEPS, DECAY = 3, 40, 1e-4
"""Random starts of which the best is kept, steps of each fit, and what half the weights' squares cost beside the error."""
INSIDE, OUTSIDE = 2.0, 4.0
"""Half of where the data are, and half of where the fits are looked at."""


@dataclass(frozen=True)
class Fit:
    """A fitted f(x) = b + c x + Σ v tanh(w x + u), or the same without c x; arrays have one value a hidden unit."""

    w: Array
    u: Array
    v: Array
    b: float
    c: float | None
    """The linear path, None where the input is not joined to the output."""

    def hidden(self, x: Array) -> Array:
        """Return what the hidden units add at x."""
        return np.asarray(np.tanh(np.outer(x, self.w) + self.u) @ self.v)

    def line(self, x: Array) -> Array:
        """Return what the linear path and the output's bias make of x."""
        return self.b + (self.c or 0.0) * x

    def __call__(self, x: Array) -> Array:
        """Return f(x)."""
        return self.line(x) + self.hidden(x)


def truth(x: Array, slope: float, height: float) -> Array:
    """Return a line through 0 plus a bump at 0.3 that is a quarter wide."""
    return np.asarray(slope * x + height * np.exp(-((x - 0.3) ** 2) / (2 * 0.25**2)))


def samples(slope: float, height: float, seed: int, count: int = 64) -> tuple[Array, Array]:
    """Return the data, x and y: evenly spread inside, with noise of 0.03."""
    x = np.linspace(-INSIDE, INSIDE, count)
    return x, truth(x, slope, height) + 0.03 * np.random.default_rng(seed).standard_normal(count)


def fit(x: Array, y: Array, hidden: int, seed: int, *, joined: bool) -> Fit:
    """Return the least-squares fit, by Levenberg and Marquardt's method, best of a few random starts."""
    starts = np.array([_start(hidden, seed + 1000 * start, joined=joined) for start in range(STARTS)])
    found, values = _descend(x, y, starts, hidden)
    w, u, v, rest = np.split(found[np.argmin(values)], [hidden, 2 * hidden, 3 * hidden])
    return Fit(w, u, v, b=float(rest[0]), c=float(rest[1]) if joined else None)


def error(one: Fit, x: Array, y: Array) -> float:
    """Return the root mean square of f(x) − y."""
    return float(np.sqrt(np.mean((one(x) - y) ** 2)))


def objective(weights: Array, x: Array, y: Array, hidden: int) -> tuple[float, Array]:
    """Return ½ Σ (f(x) − y)² + ½ · DECAY · Σ weights², and its gradient; weights are w, u, v, b and, if joined, c."""
    missing, slopes = _residuals(weights[None], x, y, hidden)
    return float(_values(missing, weights[None])[0]) / 2, slopes[0].T @ missing[0] + DECAY * weights


def _start(hidden: int, seed: int, *, joined: bool) -> Array:
    draw = np.random.default_rng(seed).standard_normal((3, hidden)) * np.array([[2.0], [1.5], [0.1]])
    return np.concatenate([draw.ravel(), np.zeros(2 if joined else 1)])


def _residuals(weights: Array, x: Array, y: Array, hidden: int) -> tuple[Array, Array]:
    """Return f(x) − y, and its derivatives, one column a weight, for several starts at once: S × N and S × N × weights."""
    w, u, v, rest = (part[:, None, :] for part in np.split(weights, [hidden, 2 * hidden, 3 * hidden], axis=1))
    out = np.tanh(x[:, None] * w + u)
    straight = np.broadcast_to(np.stack([np.ones_like(x), x], axis=1)[:, : rest.shape[2]], (len(weights), len(x), rest.shape[2]))
    bent = (1 - out**2) * v
    missing = (out * v).sum(axis=2) + (straight * rest).sum(axis=2) - y
    return missing, np.concatenate([bent * x[:, None], bent, out, straight], axis=2)


def _values(missing: Array, weights: Array) -> Array:
    """Return twice the objective of every start."""
    return np.asarray((missing**2).sum(axis=1) + DECAY * (weights**2).sum(axis=1))


def _descend(x: Array, y: Array, weights: Array, hidden: int) -> tuple[Array, Array]:
    """Return where every start, a row of `weights`, comes to, and twice its objective there."""
    damping, eye = np.ones((len(weights), 1, 1)), np.eye(weights.shape[1])
    missing, slopes = _residuals(weights, x, y, hidden)
    values = _values(missing, weights)
    for _ in range(STEPS):
        curvature = slopes.transpose(0, 2, 1) @ slopes + DECAY * eye
        downhill = (slopes * missing[:, :, None]).sum(axis=1) + DECAY * weights
        trial = weights - np.linalg.solve(curvature * (1 + damping * eye), downhill[..., None])[..., 0]
        trial_missing, trial_slopes = _residuals(trial, x, y, hidden)
        trial_values = _values(trial_missing, trial)
        better = trial_values < values
        values = np.where(better, trial_values, values)
        weights, missing = (np.where(better[:, None], *pair) for pair in ((trial, weights), (trial_missing, missing)))
        slopes = np.where(better[:, None, None], trial_slopes, slopes)
        damping = np.where(better[:, None, None], damping / 3, damping * 4)
    return weights, values
