"""Out of the studio: pictures as PNG and SVG, arrays as npz, a file that computes a map again, the address."""

from collections.abc import Sequence

import streamlit as st

from explorer.drawing.palette import LETTERS
from explorer.questions.attribution.methods.cards import CARDS
from explorer.questions.attribution.methods.result import AttributionResult, to_npz
from explorer.questions.attribution.methods.snippet import attribution_snippet
from explorer.questions.attribution.methods.spec import AttributionRequest, Method
from explorer.questions.attribution.studio import Studio


def show_export(studio: Studio, results: Sequence[AttributionResult]) -> None:
    """Offer what can be taken out of the wall on show."""
    with st.popover("Take out"):
        st.radio(
            "Pictures (the camera above the wall saves them)", ("png", "svg"), key="picture_format", horizontal=True,
            format_func=str.upper,
        )  # fmt: skip
        st.download_button(
            "Arrays as npz", lambda: to_npz(results), "maps.npz", "application/octet-stream", on_click="ignore",
            help="Maps, pictures, logits, and what the methods were given; no pickles in it.",
        )  # fmt: skip
        if studio.runs:
            _offer_files(studio, list(results[0].maps))
        st.caption(
            "The page's address holds networks, pictures, methods and settings: it is a permalink. A picture of your own is not "
            "in it."
        )


def _offer_files(studio: Studio, methods: Sequence[Method]) -> None:
    method = st.selectbox("With captum alone", methods, key="take_method", format_func=lambda one: CARDS[one].title)
    lane = st.segmented_control(
        "Network",
        range(len(studio.runs)),
        default=0,
        required=True,
        key="take_network",
        format_func=LETTERS.__getitem__,
    )
    request: AttributionRequest = studio.request
    run = studio.runs[lane]
    st.download_button(
        "File that computes this map", lambda: attribution_snippet(run.experiment.network, request, method, lane),
        f"{method}.py", "text/x-python", on_click="ignore", help="python FILE WEIGHTS.safetensors maps.npz",
    )  # fmt: skip
    st.download_button(
        "Its weights",
        lambda: _weights(studio, lane),
        "weights.safetensors",
        "application/octet-stream",
        on_click="ignore",
    )


def _weights(studio: Studio, lane: int) -> bytes:
    saved = studio.store.checkpoint(studio.runs[lane].id, studio.request.step)
    return b"" if saved is None else saved.weights
