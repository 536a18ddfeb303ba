"""Pictures of the sharpening lab as numbers."""

from base64 import b64decode

import numpy as np

from explorer.labs import Array
from explorer.labs.sharpening.spec import SIDE, Blur, kernel


def picture(encoded: str) -> Array:
    """Return a picture, SIDE × SIDE, from 0 to 1, of the bytes that `explorer.labs.sharpening.result.Sharpening` keeps."""
    return np.frombuffer(b64decode(encoded), dtype=np.uint8).reshape(SIDE, SIDE) / 255


def decibels(one: Array, sharp: Array) -> float:
    """Return the peak signal-to-noise ratio: −10 log₁₀ of the mean square error."""
    return float(-10 * np.log10(np.mean((one - sharp) ** 2)))


def edge(blur: Blur) -> Array:
    """Return what a blur makes of an upright edge from black to white, along 25 pixels."""
    columns = np.array(kernel(blur)).sum(axis=0)
    line = (np.arange(25 + len(columns) - 1) >= (25 + len(columns) - 1) // 2).astype(float)
    return np.convolve(line, columns, mode="valid")
