"""What L layers multiply a gradient by, with a shortcut around every layer and without: by numbers and by matrices."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from explorer.labs import Array

DEPTH = 60
"""Layers that are computed, whichever depth is looked at."""


def scalar_factors(a: float, depth: int = DEPTH) -> tuple[Array, Array]:
    """Return |a|^l and |1 + a|^l for l = 0 … depth: sizes of ∂x_l/∂x_0 where x_{l+1} = a x_l, and where = x_l + a x_l."""
    layers = np.arange(depth + 1)
    return np.abs(a) ** layers, np.abs(1 + a) ** layers


def ratio(a: float, depth: int) -> Fraction | None:
    """Return |1 + a|^L / |a|^L exactly, a read as hundredths; None where a is 0 and the plain gradient with it."""
    exact = Fraction(a).limit_denominator(100)
    return None if exact == 0 else abs((1 + exact) / exact) ** depth


@dataclass(frozen=True)
class Spectrum:
    """Singular values of a growing product of matrices; each array has one value a depth, 0 first."""

    largest: Array
    middle: Array
    """Geometric mean of all singular values."""
    smallest: Array


def matrix_factors(a: float, width: int, seed: int, depth: int = DEPTH) -> tuple[Spectrum, Spectrum]:
    """Return the singular values of J_l ⋯ J_1 and of (I + J_l) ⋯ (I + J_1), for l = 0 … depth.

    Each J is a·G/ρ(G), width × width, G standard normal and ρ(G) its spectral radius. The smallest singular value is one
    over the largest of the inverse, so that it is right far below what rounding leaves of it in the product itself.
    """
    draws = np.random.default_rng(seed).standard_normal((depth, width, width))
    draws /= np.abs(np.linalg.eigvals(draws)).max(axis=1)[:, None, None]
    unit, factor = _spectrum(draws), np.abs(a) ** np.arange(depth + 1)
    plain = Spectrum(factor * unit.largest, factor * unit.middle, factor * unit.smallest)
    return plain, _spectrum(np.eye(width) + a * draws)


def _spectrum(factors: Array) -> Spectrum:
    logs = np.linalg.slogdet(factors).logabsdet / factors.shape[-1]
    return Spectrum(
        largest=_norms(factors),
        middle=np.exp(np.concatenate([[0.0], np.cumsum(logs)])),
        smallest=1 / _norms(np.linalg.inv(factors).transpose(0, 2, 1)),
    )


def _norms(factors: Array) -> Array:
    """Return the largest singular value of 1, F_1, F_2 F_1, …; transposed inverses multiply up in the same order."""
    product, products = np.eye(factors.shape[-1]), []
    for factor in factors:
        product = factor @ product
        products.append(product)
    return np.concatenate([[1.0], np.linalg.norm(np.array(products), ord=2, axis=(1, 2))])
