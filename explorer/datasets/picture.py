"""A stranger's picture file, made into what a dataset's networks read.

Only the worker calls this: decoders are large programs in C, and the server must survive every file.
"""

import io
import warnings

import numpy as np
import torch
from PIL import Image, ImageOps
from torch import Tensor

from explorer.specs.dataset import Card

FORMATS = ("PNG", "JPEG", "WEBP", "BMP", "GIF")
MAX_PIXELS = 24_000_000
"""What a phone's camera takes; looked up in the file's head, before anything is unpacked."""


class PictureError(ValueError):
    """A file that cannot be used as a picture; the message is a sentence for the page."""


def decode(content: bytes, card: Card) -> Tensor:
    """Return 1×C×H×W uint8: turned as EXIF says, over white, cut to the middle square, resized with antialiasing.

    Of an animation the first frame counts. Raises PictureError for anything that is not a whole picture
    of one of the FORMATS with at most MAX_PIXELS pixels.
    """
    channels, height, width = card.input_shape
    picture = _open(content)
    try:
        middle = _middle(ImageOps.exif_transpose(picture), width / height)
        plain = _on_white(_eight_bits(middle))
        fitted = plain.resize((width, height), Image.Resampling.BILINEAR)
        values = np.asarray(fitted.convert("L" if channels == 1 else "RGB"))
    except Exception as error:  # damaged files break decoders in a dozen ways
        raise PictureError("This picture is damaged or cut short: save it again and upload that.") from error
    return torch.from_numpy(values.copy()).view(1, height, width, channels).permute(0, 3, 1, 2)


def _open(content: bytes) -> Image.Image:
    """Read the head alone: kind and size."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit is lower
        try:
            picture = Image.open(io.BytesIO(content), formats=FORMATS)
        except Image.DecompressionBombError as error:
            raise _too_large("far more") from error
        except Exception as error:  # a wrong kind, or a damaged head
            raise PictureError("This file is not a picture that can be read here: upload a PNG, JPEG, WebP, BMP or GIF.") from error
    if picture.width * picture.height > MAX_PIXELS:
        raise _too_large(f"{picture.width * picture.height / 1e6:.0f} million")
    return picture


def _too_large(pixels: str) -> PictureError:
    return PictureError(f"This picture has {pixels} pixels: up to {MAX_PIXELS // 10**6} million are read; upload a smaller copy.")


def _middle(picture: Image.Image, aspect: float) -> Image.Image:
    """Cut out the largest part of that width over height, in the middle."""
    width = max(1, min(picture.width, round(picture.height * aspect)))
    height = max(1, min(picture.height, round(picture.width / aspect)))
    left, top = (picture.width - width) // 2, (picture.height - height) // 2
    return picture.crop((left, top, left + width, top + height))


def _eight_bits(picture: Image.Image) -> Image.Image:
    """Scale 16-bit grey down; Pillow's own conversion would cut everything above 255 to white."""
    if not picture.mode.startswith("I"):
        return picture
    values = np.asarray(picture).astype(np.float32)
    return Image.fromarray(np.clip(np.rint(values / 257), 0, 255).astype(np.uint8))


def _on_white(picture: Image.Image) -> Image.Image:
    """Lay what is transparent over white; every mode ends as RGB."""
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    coloured = picture.convert("RGBA")
    white = Image.new("RGBA", coloured.size, "white")
    return Image.alpha_composite(white, coloured).convert("RGB")
