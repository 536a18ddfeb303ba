"""The studio's agreement: how alike the maps of methods and networks are."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from explorer.questions.attribution.likeness.figure import MEASURES, label, likeness_table, mean
from explorer.questions.attribution.likeness.result import Likeness
from explorer.questions.attribution.methods.result import AttributionResult, to_npz
from explorer.questions.attribution.methods.spec import Method
from explorer.questions.attribution.methods.view import merged
from explorer.questions.attribution.studio import Studio, scheme, show_heading
from explorer.ui.asking import CONFIG, ask_many


def show_likeness(studio: Studio) -> None:
    """Ask for all maps, then compare them; the table stands in place of the wall."""
    results, waiting = studio.maps(studio.request.parts())
    found: dict[str, bytes | None] = {}
    if not waiting:
        found = ask_many(studio.store, studio.owner, "likeness", [studio.request], _packed(results))
        waiting = [job for job, content in found.items() if content is None]
    one = next((Likeness.from_npz(content) for content in found.values() if content), None)
    show_heading(studio, finding(one) if one else "", waiting)
    if one is None:
        return
    measure = st.segmented_control(
        "Measure", tuple(MEASURES), default="ranks", required=True, key="alike", bind="query-params",
        format_func=lambda name: MEASURES[name].split(",")[0], label_visibility="collapsed",
    )  # fmt: skip
    figure, alt = likeness_table(one, measure, scheme()), f"{MEASURES[measure]}. {finding(one)}"
    st.plotly_chart(figure, key="likeness", theme=None, config=CONFIG, alt=alt)
    st.caption(
        f"Mean over {len(results[0][0].images)} pictures. Rank correlation asks whether two maps order the pixels alike, "
        "structural similarity whether they look alike (Wang et al. 2004). Methods answer different questions, so they may differ; "
        "where they agree, both can still be wrong."
    )


def _packed(results: Sequence[Sequence[AttributionResult]]) -> bytes:
    """The maps as one file; the same maps are the same bytes, though packing writes the time into them."""
    jobs = st.session_state["asked_attribute"]
    if st.session_state.get("packed_jobs") != jobs:
        st.session_state["packed_jobs"], st.session_state["packed"] = jobs, to_npz(merged(results))
    packed: bytes = st.session_state["packed"]
    return packed


def finding(one: Likeness) -> str:
    """Return in words which two maps of one network are least alike, as measured."""
    table = mean(one.ranks)
    pairs = [
        (float(table[first, second]), first, second)
        for first in range(len(one.names))
        for second in range(first)
        if np.isfinite(table[first, second])
    ]
    if not pairs:
        return "One map has no other to be compared with: choose several methods or networks"
    value, first, second = min(pairs)
    (run, method), (other_run, other) = one.names[second], one.names[first]
    return (
        f"Least alike: {label(run, Method(method))} and {label(other_run, Method(other))}, rank correlation {value:.2f}"
    )
