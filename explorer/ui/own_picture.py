"""A picture of one's own: uploaded, taken by the camera, or one of the photographs that the app ships."""

from pathlib import Path

import streamlit as st

from explorer.specs import settings
from explorer.specs.control import Choice
from explorer.ui.widgets import selectbox

FOLDER = Path(__file__).parents[2] / "assets" / "samples"
SAMPLES = {
    "chelsea": "a cat (Stefan van der Walt, CC0)",
    "astronaut": "an astronaut (NASA, public domain)",
    "coffee": "a cup of coffee (Rachel Michetti, CC0)",
    "rocket": "a rocket (SpaceX, public domain)",
}
SAMPLE = Choice("sample", "Photograph", "chelsea", options=tuple(SAMPLES), words=SAMPLES.__getitem__)
KINDS = ("png", "jpg", "jpeg", "webp", "bmp", "gif")
KEPT = "It is cut to its middle, shrunk to what the network reads, and kept for this visit only."


def upload() -> bytes:
    """Return the bytes of the picture that is uploaded in the sidebar; none as long as there is no file that fits."""
    most = settings().max_upload_mb
    file = st.file_uploader("A picture", KINDS, key="own_picture", max_upload_size=most, help=KEPT)
    content = b"" if file is None else bytes(file.getvalue())
    if len(content) > most * 2**20:  # the widget's limit is the browser's to keep
        st.error(f"This file is larger than {most} MB: upload a smaller copy.")
        return b""
    return content


def photograph() -> bytes:
    """Return what the browser's camera took; none as long as it took nothing."""
    taken = st.camera_input("A photograph", key="camera", help=KEPT)
    return b"" if taken is None else bytes(taken.getvalue())


def sample() -> bytes:
    """Return the bytes of the shipped photograph that is chosen."""
    return (FOLDER / f"{selectbox(SAMPLE)}.jpg").read_bytes()


OWN = {"own": upload, "camera": photograph, "sample": sample}
"""Sources of one picture, and how each is asked for."""
