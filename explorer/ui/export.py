"""Out of the studio: pictures as PNG and SVG, arrays as npz, a file that computes a map again, the address."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from explorer.drawing.palette import LETTERS
from explorer.questions.attribution.methods.result import AttributionResult
from explorer.questions.attribution.methods.snippet import attribution_snippet
from explorer.questions.attribution.methods.spec import Method
from explorer.questions.attribution.methods.words import FORMAT, PERMALINK, TAKEN, TAKEN_FROM
from explorer.ui.cache import store
from explorer.ui.studio import Studio
from explorer.ui.widgets import segments, selectbox


def show_export(studio: Studio, results: Sequence[AttributionResult]) -> None:
    """Offer what can be taken out of the wall on show."""
    with st.popover("Take out"):
        st.radio(FORMAT.label, FORMAT.options, key=FORMAT.key, horizontal=True, format_func=FORMAT.words)
        st.download_button(
            "Arrays as npz", lambda: AttributionResult.encode(results), "maps.npz", "application/octet-stream",
            on_click="ignore", help="Maps, pictures, logits, and what the methods were given; no pickles in it.",
        )  # fmt: skip
        if studio.runs:
            _offer_files(studio, tuple(results[0].maps))
        st.caption(PERMALINK)


def _offer_files(studio: Studio, methods: tuple[Method, ...]) -> None:
    method = selectbox(replace(TAKEN, options=methods, start=methods[0]))
    lane = LETTERS.index(segments(replace(TAKEN_FROM, options=tuple(LETTERS[: len(studio.runs)]))))
    run, spec = studio.runs[lane], studio.spec
    st.download_button(
        "File that computes this map", lambda: attribution_snippet(run.experiment.network, spec, method, lane),
        f"{method}.py", "text/x-python", on_click="ignore", help="python FILE WEIGHTS.safetensors maps.npz",
    )  # fmt: skip

    def weights() -> bytes:
        saved = store().checkpoint(run.id, spec.step)
        return b"" if saved is None else saved.weights

    st.download_button(
        "Its weights", weights, "weights.safetensors", "application/octet-stream", on_click="ignore"
    )  # fmt: skip
