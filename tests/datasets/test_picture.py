import io
import struct
import tracemalloc
import zlib
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from explorer.datasets.picture import MAX_PIXELS, PictureError, decode
from explorer.specs import CARDS, DatasetName

COLOUR, GREY = CARDS[DatasetName.CIFAR_10], CARDS[DatasetName.DIGITS]


def saved(picture: Image.Image, kind: str, **settings: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **settings)
    return out.getvalue()


def halves(width: int = 64, height: int = 64) -> Image.Image:
    """Red above, blue below."""
    values = np.zeros((height, width, 3), np.uint8)
    values[: height // 2, :, 0] = values[height // 2 :, :, 2] = 255
    return Image.fromarray(values)


def corner_colours(content: bytes) -> tuple[list[int], list[int]]:
    """Top left and bottom right."""
    pixels = decode(content, COLOUR)
    return pixels[0, :, 1, 1].tolist(), pixels[0, :, -2, -2].tolist()


def near(found: list[int], expected: list[int], by: int = 12) -> bool:
    return all(abs(one - other) <= by for one, other in zip(found, expected, strict=True))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "BMP", "GIF"])
@pytest.mark.parametrize("card", [COLOUR, GREY], ids=["colour", "grey"])
def test_every_kind_becomes_what_the_network_reads(kind: str, card: Any) -> None:
    pixels = decode(saved(halves(), kind), card)
    assert pixels.dtype == torch.uint8
    assert pixels.shape == (1, *card.input_shape)
    if card is COLOUR:
        top, bottom = corner_colours(saved(halves(), kind))
        assert near(top, [255, 0, 0])
        assert near(bottom, [0, 0, 255])
    else:
        assert near([int(pixels[0, 0, 0, 0]), int(pixels[0, 0, -1, -1])], [76, 29])


def test_exif_rotation_is_obeyed() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned a quarter to the right: what was left comes to the top
    values = np.zeros((64, 64, 3), np.uint8)
    values[:, :32, 0] = 255
    content = saved(Image.fromarray(values), "JPEG", exif=exif, quality=95)
    assert near(corner_colours(content)[0], [255, 0, 0])
    assert near(decode(content, COLOUR)[0, :, 1, -2].tolist(), [255, 0, 0])


@pytest.mark.parametrize("mode", ["RGBA", "LA", "PA"])
def test_what_is_transparent_lies_over_white(mode: str) -> None:
    picture = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    picture.paste((0, 0, 0, 255), (0, 20, 40, 40))
    content = saved(picture.convert(mode), "PNG") if mode != "PA" else saved(picture.convert("P"), "GIF")
    if mode == "PA":
        content = saved(Image.open(io.BytesIO(saved(picture, "GIF"))), "GIF")
    top, bottom = corner_colours(content)
    assert near(top, [255, 255, 255])
    assert near(bottom, [0, 0, 0])


def test_half_transparent_red_over_white_is_pink() -> None:
    assert near(corner_colours(saved(Image.new("RGBA", (40, 40), (255, 0, 0, 128)), "PNG"))[0], [255, 127, 127], by=2)


def test_a_palette_picture_has_its_colours() -> None:
    top, bottom = corner_colours(saved(halves().convert("P", palette=Image.Palette.ADAPTIVE), "PNG"))
    assert near(top, [255, 0, 0])
    assert near(bottom, [0, 0, 255])


def test_a_palette_picture_with_a_transparent_colour_lies_over_white() -> None:
    picture = halves().convert("P", palette=Image.Palette.ADAPTIVE, colors=2)
    red = picture.getpixel((0, 0))
    assert near(corner_colours(saved(picture, "PNG", transparency=red))[0], [255, 255, 255])


def test_sixteen_bit_grey_keeps_its_steps() -> None:
    values = np.full((32, 32), 20_000, np.uint16)
    values[16:] = 50_000
    pixels = decode(saved(Image.fromarray(values), "PNG"), COLOUR)
    assert abs(int(pixels[0, 0, 0, 0]) - 20_000 / 257) <= 1
    assert abs(int(pixels[0, 0, -1, 0]) - 50_000 / 257) <= 1


def test_sixteen_bit_colour_keeps_its_steps() -> None:
    row = b"\0" + struct.pack(">3H", 20_000, 50_000, 65_535) * 32
    content = png(32, 32, zlib.compress(row * 32), depth=16)
    assert near(corner_colours(content)[0], [78, 195, 255], by=1)


@pytest.mark.parametrize("mode", ["1", "L"])
def test_black_and_white_and_grey_are_read(mode: str) -> None:
    assert corner_colours(saved(Image.new(mode, (20, 20), 255), "PNG"))[0] == [255, 255, 255]


def test_print_colours_become_screen_colours() -> None:
    top, _ = corner_colours(saved(Image.new("CMYK", (40, 40), (0, 255, 255, 0)), "JPEG", quality=95))
    assert near(top, [255, 0, 0], by=20)


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_the_first_frame_of_an_animation_counts(kind: str) -> None:
    frames = [Image.new("RGB", (32, 32), colour) for colour in ("red", "lime", "blue")]
    content = saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)
    assert near(corner_colours(content)[0], [255, 0, 0])


def test_the_middle_square_is_cut_out() -> None:
    values = np.zeros((30, 90, 3), np.uint8)
    values[:, 30:60] = 255
    assert decode(saved(Image.fromarray(values), "PNG"), COLOUR).min() == 255


def test_shrinking_averages_instead_of_picking_pixels() -> None:
    board = np.indices((512, 512)).sum(0) % 2 * 255
    pixels = decode(saved(Image.fromarray(board.astype(np.uint8)), "PNG"), COLOUR).float()
    assert (pixels - 127.5).abs().max() < 3


def test_one_pixel_is_a_picture() -> None:
    assert decode(saved(Image.new("RGB", (1, 1), "red"), "PNG"), COLOUR)[0, :, 0, 0].tolist() == [255, 0, 0]


def png(width: int, height: int, data: bytes, depth: int = 8) -> bytes:
    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">2I5B", width, height, depth, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [4_900, 12_000, 30_000, 2**31 - 1])
def test_a_bomb_is_refused_before_it_is_unpacked(side: int) -> None:
    content = png(side, side, zlib.compress(bytes(10**6)))
    tracemalloc.start()
    with pytest.raises(PictureError, match="24 million"):
        decode(content, COLOUR)
    assert tracemalloc.get_traced_memory()[1] < 5e6
    tracemalloc.stop()


def test_the_largest_allowed_picture_is_read() -> None:
    side = int(MAX_PIXELS**0.5)
    assert decode(saved(Image.new("L", (side, side), 7), "PNG"), GREY).max() == 7


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "BMP", "GIF"])
@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9])
def test_a_cut_file_is_refused_in_one_sentence(kind: str, share: float) -> None:
    rng = np.random.default_rng(0)
    content = saved(Image.fromarray(rng.integers(0, 256, (64, 64, 3), np.uint8)), kind)
    with pytest.raises(PictureError, match=r"^This (file|picture) .*\.$"):
        decode(content[: int(len(content) * share)], COLOUR)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b"<svg></svg>",
        b"%PDF-1.7",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        saved(Image.new("RGB", (8, 8)), "TIFF"),
        saved(Image.new("RGB", (8, 8)), "PPM"),
        saved(Image.new("RGB", (8, 8)), "ICO"),
        b"GIF89a",
        b"\x89PNG\r\n\x1a\n",
        b"BM" + bytes(60),
    ],
    ids=["empty", "text", "svg", "pdf", "postscript", "tiff", "ppm", "ico", "gif-head", "png-head", "bmp-head"],
)
def test_another_kind_of_file_is_refused_in_one_sentence(content: bytes) -> None:
    with pytest.raises(PictureError, match=r"upload a PNG, JPEG, WebP, BMP or GIF\.$"):
        decode(content, COLOUR)


@pytest.mark.parametrize("seed", range(40))
def test_random_damage_never_gives_anything_but_a_picture_or_a_sentence(seed: int) -> None:
    rng = np.random.default_rng(seed)
    kind = ["PNG", "JPEG", "WEBP", "BMP", "GIF"][seed % 5]
    content = bytearray(saved(halves(), kind))
    for place in rng.integers(0, len(content), 12):
        content[place] = rng.integers(0, 256)
    assert verdict(bytes(content)) in {"picture", "sentence"}


def verdict(content: bytes) -> str:
    try:
        fine = decode(content, COLOUR).shape == (1, 3, 32, 32)
    except PictureError as error:
        return "sentence" if str(error).endswith(".") else str(error)
    return "picture" if fine else "nothing"
