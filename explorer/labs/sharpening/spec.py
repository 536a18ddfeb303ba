"""A blurred photo, of which the sharp one or the sharpening is learned."""

from enum import StrEnum

from pydantic import Field

from explorer.questions.spec import Spec

SIDE = 96
"""Pixels of each half of the photo: the right one is learned from, the left one is not."""
SNAPSHOTS = (0, 25, 50, 100, 200, 400)
"""Steps of training after which the left half is looked at."""
CREDIT = "Photo by Daniel Büchele, CC BY 2.0, from scikit-learn."


class Photo(StrEnum):
    """Which photo."""

    SHIPPED = "the temple"
    """One that scikit-learn ships."""
    OWN = "my own"
    """The file that comes with the question."""


class Blur(StrEnum):
    """How the photo was blurred; every pixel becomes a weighted mean."""

    SOFT = "soft"
    """A bell of 1 pixel."""
    SOFTER = "softer"
    """A bell of 2 pixels."""
    DEFOCUS = "out of focus"
    """A disc of 2.5 pixels around each, as by a lens."""
    MOTION = "motion"
    """Seven pixels in a row, as by a moving camera."""


class SharpeningSpec(Spec):
    """One convolutional network and its twin with a shortcut, trained on the right half."""

    photo: Photo = Photo.SHIPPED
    blur: Blur = Blur.SOFT
    seed: int = Field(default=0, ge=0, le=99)


def kernel(blur: Blur) -> tuple[tuple[float, ...], ...]:
    """Return the weights of a blur, an odd number of rows and columns; they add up to 1."""
    if blur is Blur.MOTION:
        return tuple(tuple(float(row == 3) / 7 for _ in range(7)) for row in range(7))
    if blur is Blur.DEFOCUS:
        near = [[float(row**2 + column**2 <= 6.25) for column in range(-2, 3)] for row in range(-2, 3)]
        return tuple(tuple(one / sum(map(sum, near)) for one in row) for row in near)
    size, reach = (1.0, 3) if blur is Blur.SOFT else (2.0, 4)
    places = range(-reach, reach + 1)
    bell = [2.718281828459045 ** (-(place**2) / (2 * size**2)) for place in places]
    return tuple(tuple(one * other / sum(bell) ** 2 for other in bell) for one in bell)
