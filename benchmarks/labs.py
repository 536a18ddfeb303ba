"""From slider to picture: what a lab computes and draws on the server when one of its sliders has moved.

Run: python -m benchmarks.labs. Times are of 20 settings, computation, figure and its JSON, one thread; a page adds
streamlit's own run of a script, which benchmarks.page measures. Half of the settings are the largest. Beside the time that
passed stands the processor's, which does not grow where other programs want the same core.
"""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import time
from collections.abc import Callable
from statistics import median
from typing import Any

import numpy as np

from explorer.labs.euler.compute import given_sides
from explorer.labs.euler.figure import euler
from explorer.labs.gate.compute import draw, scalar_passages, vector_passages
from explorer.labs.gate.figure import gate
from explorer.labs.highway.compute import matrix_factors, scalar_factors
from explorer.labs.highway.figure import highway
from explorer.labs.rank_collapse.figure import rank_collapse
from explorer.labs.rank_collapse.words import networks
from explorer.labs.skip_layer.compute import MOST, error, samples
from explorer.labs.skip_layer.figure import skip_layer
from explorer.labs.skip_layer.words import both
from explorer.labs.strength.compute import gradient_terms, sizes
from explorer.labs.strength.figure import strength

SETTINGS = 20
LIMIT = 0.2


def _highway(place: int) -> Any:
    a = 0.05 + 0.05 * place
    return highway(scalar_factors(a), matrix_factors(a, 32 if place % 2 else 16, place), 20)


def _strength(place: int) -> Any:
    x, t, alpha, alphas = (0.1 * place, 1.0), (-1.0, -1.0), 1.0, np.linspace(-2, 2, 81)
    terms = gradient_terms(x, t, alpha)
    return strength(np.array(x), np.array(t), alpha, terms, (alphas, sizes(x, t, alphas)), terms.together)


def _euler(place: int) -> Any:
    name = ("spiral", "pendulum")[place % 2]
    h = 0.05 + 0.01 * place
    return euler(given_sides(name, h, 60, newton=True), h)


def _gate(place: int) -> Any:
    bias, depth = place - 8.0, 60 if place % 2 else 30
    return gate(scalar_passages(0.5, bias, depth), vector_passages(draw(0.5, depth, place), bias))


def _skip_layer(place: int) -> Any:
    slope = 0.1 * place
    x, y = samples(slope, 1.0, place)
    told = [both(slope, 1.0, hidden, place) for hidden in range(1, MOST + 1)]
    return skip_layer((x, y), told[3], [(error(plain, x, y), error(joined, x, y)) for plain, joined in told])


def _rank_collapse(place: int) -> Any:
    return rank_collapse(networks(24 if place % 2 else 12, 1.0, 1.0, place))


LABS: dict[str, Callable[[int], Any]] = {
    "1 gradient highway": _highway,
    "2 branch strength": _strength,
    "6 Euler, forward and backward": _euler,
    "9 closing the gate": _gate,
    "10 skip-layer perceptron, all hidden units": _skip_layer,
    "12 rank collapse": _rank_collapse,
}


def main() -> None:
    """Print one row a lab."""
    print("| lab | median ms | processor, median ms | processor, most ms | under 200 ms |\n|---|---|---|---|---|")
    for name, draw_one in LABS.items():
        draw_one(0).to_json()  # plotly imports on first use
        passed, worked = zip(*(_time(draw_one, place) for place in range(SETTINGS)), strict=True)
        held = "yes" if max(worked) < LIMIT else "no"
        told = " | ".join(f"{1000 * seconds:.0f}" for seconds in (median(passed), median(worked), max(worked)))
        print(f"| {name} | {told} | {held} |", flush=True)


def _time(draw_one: Callable[[int], Any], place: int) -> tuple[float, float]:
    passed, worked = time.perf_counter(), time.process_time()
    draw_one(place).to_json()
    return time.perf_counter() - passed, time.process_time() - worked


if __name__ == "__main__":
    main()
