"""Both networks of the Euler lab, for a given field or for the one that they learned."""

from collections.abc import Sequence

import numpy as np

from explorer.labs import Array
from explorer.labs.euler.compute import FIELDS, Field, Perceptron, backward, eigenvalues, flow, forward, ring
from explorer.labs.euler.figure import Side
from explorer.labs.euler.spec import two_spirals
from explorer.labs.result import SpiralNetwork

EVERY = 12
"""Of the spirals' points so many are passed over for one that is drawn."""


def given_sides(name: str, h: float, layers: int, *, newton: bool) -> tuple[Side, Side]:
    """Return the journeys of a ring of points along a field of `FIELDS`; its eigenvalues are those at the middle."""
    field, starts = FIELDS[name], ring()
    truth, values = flow(field, starts, h * layers), eigenvalues(field, np.zeros((1, 2)))
    ahead, behind = forward(field, starts, h, layers), backward(field, starts, h, layers, newton=newton)
    return Side(ahead, truth, values), Side(behind, truth, values)


def learned_sides(networks: Sequence[SpiralNetwork], h: float, layers: int, *, newton: bool) -> tuple[Side, Side]:
    """Return the journeys of the spirals' points along the field that each network learned."""
    places, labels = (np.array(values) for values in two_spirals())
    chosen = np.arange(0, len(places), EVERY) + np.arange(0, len(places), EVERY) // EVERY % 2
    told = []
    for network in networks:
        field, starts = _field(network), places[chosen]
        journey = (
            backward(field, starts, h, layers, newton=newton) if network.implicit else forward(field, starts, h, layers)
        )
        truth, values = flow(field, starts, h * layers, 200), eigenvalues(field, starts)
        told.append(Side(journey, truth, values, labels[chosen].tolist()))
    return told[0], told[1]


def accuracies(networks: Sequence[SpiralNetwork], h: float, layers: int, *, newton: bool) -> tuple[float, float]:
    """Return what share of all points each network still tells apart with this step size and depth."""
    places, labels = (np.array(values) for values in two_spirals())
    told = []
    for network in networks:
        field = _field(network)
        if network.implicit:
            last: Array = backward(field, places, h, layers, newton=newton).places[-1]
        else:
            last = forward(field, places, h, layers).places[-1]
        logits = last @ np.array(network.readout) + network.offset
        told.append(float(np.mean(np.where(np.isfinite(logits), (logits > 0) == labels, False))))
    return told[0], told[1]


def _field(network: SpiralNetwork) -> Field:
    return Perceptron(np.array(network.first), np.array(network.bias), np.array(network.second))
