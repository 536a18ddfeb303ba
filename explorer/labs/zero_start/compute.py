"""Linear networks, plain and residual, that start at zero and learn a matrix step by step: block by block, mode by mode."""

from dataclasses import dataclass

import numpy as np

from explorer.labs import Array

FAR = 1e3
"""A factor above this has left for good."""
SAMPLES = 4000
"""Places of the closed form between which its inverse is interpolated."""


@dataclass(frozen=True)
class Course:
    """Gradient descent on ½‖U_L ⋯ U_1 − M‖²; it ends early where a network leaves for good."""

    factors: Array
    """(steps + 1) × networks × L × 2 × 2: what each block multiplies by, U_1 first, before every step and after the last."""
    wanted: Array
    """M, 2 × 2."""

    @property
    def products(self) -> Array:
        """What each network does, (steps + 1) × networks × 2 × 2."""
        return after_each(self.factors)[..., -1, :, :]

    @property
    def losses(self) -> Array:
        """(steps + 1) × networks."""
        return np.asarray(((self.products - self.wanted) ** 2).sum(axis=(-2, -1)) / 2)

    @property
    def modes(self) -> Array:
        """uᵢᵀPvᵢ with the singular vectors of M, the strong one first, (steps + 1) × networks × 2; wanted are M's stretches.

        Saxe et al. 2014, arXiv:1312.6120, section 1.2.
        """
        left, _, right = np.linalg.svd(self.wanted)
        return np.asarray(np.einsum("ji,...jk,ik->...i", left, self.products, right))


def target(angle: float, stretches: tuple[float, float]) -> Array:
    """Return the matrix to learn: a stretch of each axis, then a turn by `angle` degrees."""
    turn = np.deg2rad(angle)
    rotation = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    return np.asarray(rotation @ np.diag(stretches))


def starts(blocks: int, size: float, noise: float = 0.0, seed: int = 0) -> Array:
    """Return the factors that both networks start with, 2 × L × 2 × 2: W_l = size · I + noise, then I + W_l."""
    weights = size * np.eye(2) + noise * np.random.default_rng(seed).standard_normal((blocks, 2, 2))
    return np.stack([weights, np.eye(2) + weights])


def learn(factors: Array, wanted: Array, rate: float, steps: int) -> Course:
    """Return how networks learn from these factors, networks × L × 2 × 2."""
    told = [factors]
    for _ in range(steps):
        factors = factors - rate * gradients(factors, wanted)
        if not np.abs(factors).max() < FAR:
            break
        told.append(factors)
    return Course(np.array(told), wanted)


def after_each(factors: Array) -> Array:
    """Return the product of the first 0, 1, … L factors, … × (L + 1) × 2 × 2."""
    told = np.empty((*factors.shape[:-3], factors.shape[-3] + 1, 2, 2))
    told[..., 0, :, :] = np.eye(2)
    for place in range(factors.shape[-3]):
        np.matmul(factors[..., place, :, :], told[..., place, :, :], out=told[..., place + 1, :, :])
    return told


def gradients(factors: Array, wanted: Array) -> Array:
    """Return the loss's gradient by every factor, … × L × 2 × 2; it is also the gradient by W_l."""
    before, told = after_each(factors), np.empty_like(factors)
    back = before[..., -1, :, :] - wanted
    for place in range(factors.shape[-3] - 1, -1, -1):
        np.matmul(back, before[..., place, :, :].swapaxes(-1, -2), out=told[..., place, :, :])
        back = factors[..., place, :, :].swapaxes(-1, -2) @ back
    return told


def shares(factors: Array, wanted: Array) -> Array:
    """Return each block's share of what is to be learned, … × L, in parts of one: how much of M − I it adds at its place."""
    total = wanted - np.eye(2)
    added = np.diff(after_each(factors), axis=-3)
    return np.asarray((added * total).sum(axis=(-2, -1)) / (total**2).sum())


def settled(modes: Array, wanted: Array, share: float) -> list[int | None]:
    """Return for each mode, of steps × modes, from which step on it is within a share of what is wanted; None if it is not."""
    away = np.abs(modes - wanted) > share * wanted
    steps = len(away) - np.argmax(away[::-1], axis=0)
    return [None if one[-1] else int(step) if one.any() else 0 for one, step in zip(away.T, steps, strict=True)]


def flow(start: float, wanted: float, blocks: int, times: Array) -> Array:
    """Return u^L at these times for the gradient flow du/dt = u^(L−1)(s − u^L) from u = start, which is not negative.

    Equal blocks and a symmetric M: each of its modes flows like this by itself (Saxe et al. 2014, arXiv:1312.6120). The
    time at which u is reached is a closed form; its inverse is interpolated.
    """
    end = wanted if blocks == 1 else max(wanted, 0.0) ** (1 / blocks)
    if start == end or (start == 0 and blocks > 1):
        return np.full(len(times), start**blocks)
    way = 1 / (1 + np.exp(-np.linspace(-32, 32, SAMPLES)))
    places = start + (end - start) * np.concatenate([[0.0], way])
    reached = np.maximum.accumulate(flow_time(start, places[places != end], wanted, blocks))
    return np.asarray(np.interp(times, reached, places[places != end] ** blocks))


def flow_time(start: float, place: Array, wanted: float, blocks: int) -> Array:
    """Return when that flow reaches u = place, between its start and its end: ∫ dv / (v^(L−1)(s − v^L)).

    The integrand is (v^(1−L) + v / (s − v^L)) / s, and the second part a sum over the L complex roots r of r^L = s.
    """
    if blocks == 1:
        return np.asarray(-np.log((place - wanted) / (start - wanted)))
    roots = complex(wanted) ** (1 / blocks) * np.exp(2j * np.pi * np.arange(blocks) / blocks)
    logs = np.log((place[:, None] - roots) / (start - roots))
    first = np.log(place / start) if blocks == 2 else (place ** (2 - blocks) - start ** (2 - blocks)) / (2 - blocks)
    return np.asarray((first - (roots ** (2 - blocks) * logs).sum(axis=1).real / blocks) / wanted)
