"""Depth as time: points carried through layers x' = x + hF(x), forward Euler, and x' = x + hF(x'), backward Euler."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from explorer.labs import Array
from explorer.labs.euler.result import SpiralNetwork
from explorer.labs.euler.spec import two_spirals

TOLERANCE = 1e-10
"""How well x' = x + hF(x') must hold for a layer to count as solved."""
ITERATIONS = 60
"""Most that a solver may take for one layer."""
LOST = 1e6
"""Points farther out than this have left for good; they are drawn no more."""
EVERY = 12
"""Of the spirals' points so many are passed over for one that is drawn."""


class Field(Protocol):
    """What F is: a vector at every point of the plane, and its Jacobian there."""

    def __call__(self, points: Array) -> Array:
        """Return F, N×2, at points N×2."""
        ...

    def jacobian(self, points: Array) -> Array:
        """Return ∂F/∂x, N×2×2."""
        ...


@dataclass(frozen=True)
class Linear:
    """F(x) = Ax."""

    matrix: Array

    def __call__(self, points: Array) -> Array:
        """Return F, N×2, at points N×2."""
        return np.asarray(points @ self.matrix.T)

    def jacobian(self, points: Array) -> Array:
        """Return A for every point."""
        return np.broadcast_to(self.matrix, (len(points), 2, 2))


class Pendulum:
    """F(x) = (x₂, −4 sin x₁ − x₂ / 2): a swing with friction, angle and angular speed."""

    def __call__(self, points: Array) -> Array:
        """Return F, N×2, at points N×2."""
        return np.stack([points[:, 1], -4 * np.sin(points[:, 0]) - points[:, 1] / 2], axis=1)

    def jacobian(self, points: Array) -> Array:
        """Return ∂F/∂x, N×2×2."""
        told = np.tile(np.array([[0.0, 1.0], [0.0, -0.5]]), (len(points), 1, 1))
        told[:, 1, 0] = -4 * np.cos(points[:, 0])
        return told


@dataclass(frozen=True)
class Perceptron:
    """F(x) = V tanh(Wx + b), as it was learned."""

    first: Array
    bias: Array
    second: Array

    def __call__(self, points: Array) -> Array:
        """Return F, N×2, at points N×2."""
        return np.asarray(np.tanh(points @ self.first.T + self.bias) @ self.second.T)

    def jacobian(self, points: Array) -> Array:
        """Return ∂F/∂x, N×2×2."""
        slopes = 1 - np.tanh(points @ self.first.T + self.bias) ** 2
        return np.asarray(np.einsum("ih,nh,hj->nij", self.second, slopes, self.first))


FIELDS: dict[str, Field] = {
    "spiral": Linear(np.array([[-0.3, -2.0], [2.0, -0.3]])),
    "saddle": Linear(np.array([[0.0, 1.0], [1.0, 0.0]])),
    "stiff": Linear(np.array([[-13.0, 12.0], [12.0, -13.0]])),
    "pendulum": Pendulum(),
}
"""By name; the stiff one shrinks one direction 25 times as fast as the other."""


@dataclass(frozen=True)
class Journey:
    """Points through all layers, and what it cost."""

    places: Array
    """(layers + 1) × N × 2; not a number where a point was lost or its layer not solved."""
    evaluations: int
    """Of F, for each point."""
    jacobians: int
    """Jacobians solved for each point."""
    unsolved: int | None = None
    """The first layer whose equation was not solved to `TOLERANCE` for every point that was still there."""


def ring(count: int = 10, radius: float = 2.2) -> Array:
    """Return points on a circle, N×2."""
    angles = 2 * np.pi * (np.arange(count) + 0.25) / count
    return radius * np.stack([np.cos(angles), np.sin(angles)], axis=1)


def forward(field: Field, starts: Array, h: float, layers: int) -> Journey:
    """Return the points through residual layers x' = x + hF(x): one evaluation each."""
    places = [starts]
    for _ in range(layers):
        places.append(_kept(places[-1] + h * field(places[-1])))
    return Journey(np.array(places), evaluations=layers, jacobians=0)


def backward(field: Field, starts: Array, h: float, layers: int, *, newton: bool) -> Journey:
    """Return the points through implicit layers x' = x + hF(x'), solved by Newton's method or by fixed-point iteration.

    A layer takes as many iterations as its slowest point; a fixed-point iteration that does not converge loses the point.
    """
    places, iterations, unsolved = [starts], 0, None
    for layer in range(1, layers + 1):
        solve = _newton if newton else _fixed_point
        found, taken = solve(field, places[-1], h)
        iterations += taken
        missing = np.abs(found - places[-1] - h * field(found)).max(axis=1)
        lost = ~(missing <= TOLERANCE) & np.isfinite(places[-1]).all(axis=1)
        if lost.any() and unsolved is None:
            unsolved = layer
        places.append(_kept(np.where(lost[:, None], np.nan, found)))
    return Journey(np.array(places), iterations, iterations if newton else 0, unsolved)


def _newton(field: Field, x: Array, h: float) -> tuple[Array, int]:
    found = x
    for taken in range(ITERATIONS):
        missing = found - x - h * field(found)
        if _solved(missing):
            return found, taken + 1
        slopes = np.eye(2) - h * field.jacobian(found)
        found = found - np.linalg.solve(np.where(np.isfinite(slopes), slopes, np.eye(2)), missing[..., None])[..., 0]
    return found, ITERATIONS


def _fixed_point(field: Field, x: Array, h: float) -> tuple[Array, int]:
    found = x
    for taken in range(ITERATIONS):
        better = _kept(x + h * field(found))
        if _solved(better - found):
            return found, taken + 1
        found = better
    return found, ITERATIONS


def _solved(missing: Array) -> bool:
    """Whether every point that is still there is solved."""
    return not np.any(np.abs(missing) > TOLERANCE)


def _kept(points: Array) -> Array:
    return np.where(np.abs(points).max(axis=1, keepdims=True) < LOST, points, np.nan)


def flow(field: Field, starts: Array, time: float, pieces: int = 400) -> Array:
    """Return the field's own lines, (pieces + 1) × N × 2: Runge and Kutta's fourth-order method, very small steps."""
    h, places = time / pieces, [starts]
    for _ in range(pieces):
        x = places[-1]
        one = field(x)
        two = field(x + h / 2 * one)
        three = field(x + h / 2 * two)
        places.append(_kept(x + h / 6 * (one + 2 * two + 2 * three + field(x + h * three))))
    return np.array(places)


def eigenvalues(field: Field, points: Array) -> Array:
    """Return the eigenvalues of ∂F/∂x at points N×2 as pairs (real, imaginary), 2N×2."""
    told = np.linalg.eigvals(field.jacobian(points)).ravel()
    return np.stack([told.real, told.imag], axis=1)


def amplifications(values: Array, h: float) -> tuple[float, float, float]:
    """Return the most that one step multiplies an eigenvector by: forward |1 + hλ|, backward 1/|1 − hλ|, exactly |e^hλ|."""
    steps = h * (values[:, 0] + 1j * values[:, 1])
    below = np.abs(1 - steps).min()
    return float(np.abs(1 + steps).max()), float(1 / below) if below else np.inf, float(np.exp(steps.real).max())


@dataclass(frozen=True)
class Side:
    """One network's half of the picture."""

    journey: Journey
    truth: Array
    """The field's own lines from the same starts, moments × N × 2."""
    values: Array
    """Eigenvalues of the field, pairs."""
    labels: Sequence[int] | None = None
    """Which of two classes a start belongs to: hollow or filled marks at the end."""


def given_sides(name: str, h: float, layers: int, *, newton: bool) -> tuple[Side, Side]:
    """Return the journeys of a ring of points along a field of `FIELDS`; its eigenvalues are those at the middle."""
    field, starts = FIELDS[name], ring()
    truth, values = flow(field, starts, h * layers), eigenvalues(field, np.zeros((1, 2)))
    ahead, behind = forward(field, starts, h, layers), backward(field, starts, h, layers, newton=newton)
    return Side(ahead, truth, values), Side(behind, truth, values)


def learned_field(network: SpiralNetwork) -> Perceptron:
    """Return the F that a network learned."""
    return Perceptron(np.array(network.first), np.array(network.bias), np.array(network.second))


def learned_sides(networks: Sequence[SpiralNetwork], h: float, layers: int, *, newton: bool) -> tuple[Side, Side]:
    """Return the journeys of the spirals' points along the field that each network learned."""
    places, labels = (np.array(values) for values in two_spirals())
    chosen = np.arange(0, len(places), EVERY) + np.arange(0, len(places), EVERY) // EVERY % 2
    told = []
    for network in networks:
        field, starts = learned_field(network), places[chosen]
        truth, values = flow(field, starts, h * layers, 200), eigenvalues(field, starts)
        told.append(Side(_carried(network, starts, h, layers, newton=newton), truth, values, labels[chosen].tolist()))
    return told[0], told[1]


def accuracies(networks: Sequence[SpiralNetwork], h: float, layers: int, *, newton: bool) -> tuple[float, float]:
    """Return what share of all points each network still tells apart with this step size and depth."""
    places, labels = (np.array(values) for values in two_spirals())
    told = []
    for network in networks:
        last: Array = _carried(network, places, h, layers, newton=newton).places[-1]
        logits = last @ np.array(network.readout) + network.offset
        told.append(float(np.mean(np.where(np.isfinite(logits), (logits > 0) == labels, False))))
    return told[0], told[1]


def _carried(network: SpiralNetwork, starts: Array, h: float, layers: int, *, newton: bool) -> Journey:
    field = learned_field(network)
    return backward(field, starts, h, layers, newton=newton) if network.implicit else forward(field, starts, h, layers)
