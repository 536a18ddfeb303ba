"""Generated pictures of six shapes on cluttered ground, each with the exact mask of its object.

Everything is drawn from a seed in whole batches of numpy arrays, so that the truth about *where* the object
is costs nothing and attribution can be scored against it. What is drawn (place, size, turn, colours, strokes)
does not depend on noise and clutter: harder settings show the same scenes.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from explorer.datasets.base import Dataset
from explorer.specs.dataset import Card, DatasetSpec

SIDE = 32
STROKES = 6
"""Lines of one or two pixels; the last two lie over the object and hide part of it."""
OVER = 2

Floats = npt.NDArray[np.float32]
Bools = npt.NDArray[np.bool_]
_X, _Y = np.meshgrid(np.arange(SIDE, dtype=np.float32), np.arange(SIDE, dtype=np.float32))


def load_shapes(spec: DatasetSpec, seed: int = 0) -> Dataset:
    """Return the pictures of a spec; the same spec and seed give the same bits."""
    card = spec.card
    train, test = (_draw(spec, size, (seed, part)) for part, size in enumerate((card.train_size, card.test_size)))
    return _dataset(card, train, test)


@dataclass(frozen=True, slots=True)
class _Pictures:
    images: npt.NDArray[np.uint8]
    """N×H×W×C."""
    labels: npt.NDArray[np.int64]
    masks: Bools
    """N×H×W, true where the object is seen."""


def _dataset(card: Card, train: _Pictures, test: _Pictures) -> Dataset:
    tensors = [torch.from_numpy(part.images).permute(0, 3, 1, 2) for part in (train, test)]
    return Dataset.of(
        card,
        *(tensors[0], torch.from_numpy(train.labels), tensors[1], torch.from_numpy(test.labels)),
        train_masks=torch.from_numpy(train.masks),
        test_masks=torch.from_numpy(test.masks),
    )


def _draw(spec: DatasetSpec, count: int, seed: tuple[int, int]) -> _Pictures:
    scene, noise = (np.random.default_rng(stream) for stream in np.random.SeedSequence(seed).spawn(2))
    labels = scene.permutation(np.arange(count) % len(_INSIDE))
    inside = _objects(scene, labels)
    strokes = _strokes(scene, count, spec.clutter)
    ground, paint = _colours(scene, count)
    picture = ground[:, None, None, :] * np.ones((1, SIDE, SIDE, 1), np.float32)
    picture += spec.clutter * _texture(scene, count)
    stroke_colours = scene.uniform(0, 1, (count, STROKES, 3)).astype(np.float32)
    for index in range(STROKES):
        if index == STROKES - OVER:
            picture = np.where(inside[..., None], paint[:, None, None, :], picture)
        picture = np.where(strokes[:, index, ..., None], stroke_colours[:, index, None, None, :], picture)
    picture += spec.noise * noise.standard_normal(picture.shape, np.float32)
    images = np.rint(np.clip(picture, 0, 1) * 255).astype(np.uint8)
    return _Pictures(images, labels.astype(np.int64), inside & ~strokes[:, -OVER:].any(axis=1))


def _objects(rng: np.random.Generator, labels: npt.NDArray[np.int64]) -> Bools:
    """N×H×W, true inside the object: radius 6 to 11 pixels, anywhere, turned by any angle."""
    count = len(labels)
    radius = rng.uniform(6, 11, count).astype(np.float32)
    place = rng.uniform(0, 1, (2, count)).astype(np.float32) * (SIDE - 1 - 2 * radius) + radius
    angle = rng.uniform(0, 2 * math.pi, count).astype(np.float32)
    x, y = ((axis - centre[:, None, None]) / radius[:, None, None] for axis, centre in zip((_X, _Y), place, strict=True))
    cos, sin = np.cos(angle)[:, None, None], np.sin(angle)[:, None, None]
    u, v = cos * x + sin * y, cos * y - sin * x
    inside = np.empty((count, SIDE, SIDE), np.bool_)
    for label, rule in enumerate(_INSIDE):
        chosen = labels == label
        inside[chosen] = rule(u[chosen], v[chosen])
    return inside


def _strokes(rng: np.random.Generator, count: int, clutter: float) -> Bools:
    """N×strokes×H×W, true on a line segment; each of them is there with the clutter's probability."""
    ends = rng.uniform(0, SIDE - 1, (count, STROKES, 2, 2)).astype(np.float32)
    width = rng.uniform(0.5, 1.0, (count, STROKES)).astype(np.float32)
    there = rng.uniform(0, 1, (count, STROKES)) < clutter
    return np.stack(
        [there[:, index, None, None] & (_distance(ends[:, index]) < width[:, index, None, None]) for index in range(STROKES)],
        axis=1,
    )


def _distance(ends: Floats) -> Floats:
    """N×H×W, pixels from a segment (N×2 ends×2 coordinates)."""
    x1, y1, x2, y2 = (ends[:, end, axis, None, None] for end in (0, 1) for axis in (0, 1))
    dx, dy = x2 - x1, y2 - y1
    along = np.clip(((_X - x1) * dx + (_Y - y1) * dy) / (dx * dx + dy * dy + 1e-6), 0, 1)
    return np.asarray(np.hypot(_X - x1 - along * dx, _Y - y1 - along * dy), np.float32)


def _colours(rng: np.random.Generator, count: int) -> tuple[Floats, Floats]:
    """Colours of ground and object, each N×3: a darkish ground, and the farthest of six bright colours.

    The object is the brighter one in every picture: with either polarity, 2000 pictures teach little about shape.
    """
    ground = rng.uniform(0.1, 0.5, (count, 3)).astype(np.float32)
    drawn = rng.uniform(0.5, 1, (6, count, 3)).astype(np.float32)
    farthest = np.linalg.norm(drawn - ground, axis=2).argmax(axis=0)
    return ground, drawn[farthest, np.arange(count)]


def _texture(rng: np.random.Generator, count: int) -> Floats:
    """N×H×W×3 around zero: one grating and one field of soft blotches a picture."""
    angle, phase = rng.uniform(0, 2 * math.pi, (2, count, 1, 1)).astype(np.float32)
    rate = rng.uniform(0.4, 1.6, (count, 1, 1)).astype(np.float32)
    grating = np.sin(rate * (np.cos(angle) * _X + np.sin(angle) * _Y) + phase)
    tint = rng.uniform(-0.2, 0.2, (count, 1, 1, 3)).astype(np.float32)
    knots = rng.uniform(-0.35, 0.35, (count, 5, 5, 3)).astype(np.float32)
    weights = np.maximum(0, 1 - np.abs(np.arange(5)[:, None] - np.linspace(0, 4, SIDE))).astype(np.float32)
    rows = np.einsum("nijc,iy->nyjc", knots, weights)
    return np.asarray(grating[..., None] * tint + np.einsum("nyjc,jx->nyxc", rows, weights), np.float32)


def _circle(u: Floats, v: Floats) -> Bools:
    return np.asarray(u * u + v * v < 1)


def _square(u: Floats, v: Floats) -> Bools:
    return np.asarray(np.maximum(abs(u), abs(v)) < 0.7)


def _triangle(u: Floats, v: Floats) -> Bools:
    sides = [u * math.cos(turn) + v * math.sin(turn) for turn in (0, 2 * math.pi / 3, 4 * math.pi / 3)]
    return np.asarray(np.maximum.reduce(sides) < 0.5)


def _cross(u: Floats, v: Floats) -> Bools:
    across, along = np.minimum(abs(u), abs(v)), np.maximum(abs(u), abs(v))
    return np.asarray((across < 0.3) & (along < 1))


def _ring(u: Floats, v: Floats) -> Bools:
    square = u * u + v * v
    return np.asarray((square < 1) & (square > 0.55**2))


def _star(u: Floats, v: Floats) -> Bools:
    """Five points: fold the plane into one tenth of it, where the edge is a straight line."""
    tenth = math.pi / 5
    angle = abs((np.arctan2(v, u) + tenth) % (2 * tenth) - tenth)
    x, y = (np.hypot(u, v) * part(angle) for part in (np.cos, np.sin))
    inner_x, inner_y = 0.45 * math.cos(tenth), 0.45 * math.sin(tenth)
    return np.asarray((x - 1) * inner_y - y * (inner_x - 1) < 0)


_INSIDE: tuple[Callable[[Any, Any], Bools], ...] = (_circle, _square, _triangle, _cross, _ring, _star)
"""In the order of the card's classes; u and v are in units of the object's radius."""
