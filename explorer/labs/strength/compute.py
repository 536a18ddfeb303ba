"""One residual block y = x + αh(x) in the plane, and the two terms of the gradient that its input gets."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from explorer.labs import Array
from explorer.labs.strength.spec import BIAS, FIRST, SECOND

_FIRST, _BIAS, _SECOND = (np.array(weights) for weights in (FIRST, BIAS, SECOND))


@dataclass(frozen=True)
class Terms:
    """A block's output and ∇ₓL = shortcut + branch, for L = ½‖y − t‖²; each is a pair of coordinates."""

    y: Array
    shortcut: Array
    """(y − t): the error, as it comes."""
    branch: Array
    """αJᵀ(y − t): the error, as the branch hands it on."""

    @property
    def together(self) -> Array:
        """The gradient."""
        return self.shortcut + self.branch

    @property
    def cosine(self) -> float | None:
        """Of the angle between both terms; None where one of them is zero."""
        sizes = np.linalg.norm(self.shortcut) * np.linalg.norm(self.branch)
        return float(self.shortcut @ self.branch / sizes) if sizes else None


def h(points: Array) -> Array:
    """Return h(x) = V tanh(Wx + b) for points N×2."""
    return np.asarray(np.tanh(points @ _FIRST.T + _BIAS) @ _SECOND.T)


def jacobian(x: Array) -> Array:
    """Return ∂h/∂x at a point, 2×2: row for output, column for input."""
    slopes = 1 - np.tanh(_FIRST @ x + _BIAS) ** 2
    return np.asarray(_SECOND @ (slopes[:, None] * _FIRST))


def gradient_terms(x: Sequence[float], t: Sequence[float], alpha: float) -> Terms:
    """Return the output of the block at x and both terms of the gradient, where t is wanted."""
    point = np.asarray(x, dtype=float)
    y = point + alpha * h(point[None])[0]
    error = y - np.asarray(t, dtype=float)
    return Terms(y=y, shortcut=error, branch=alpha * jacobian(point).T @ error)


def sizes(x: Sequence[float], t: Sequence[float], alphas: Array) -> Array:
    """Return the norms of shortcut term, branch term and gradient for every α: 3 × len(alphas)."""
    told = [gradient_terms(x, t, float(alpha)) for alpha in alphas]
    return np.array([[np.linalg.norm(part) for part in (one.shortcut, one.branch, one.together)] for one in told]).T
