"""The studio's methods: one wall of maps that grows method by method."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from explorer.questions.attribution.methods.cards import show_cards
from explorer.questions.attribution.methods.export import show_export
from explorer.questions.attribution.methods.figure import answers, method_groups
from explorer.questions.attribution.methods.result import AttributionResult
from explorer.questions.attribution.methods.spec import Method
from explorer.questions.attribution.studio import Studio, finding, scheme, show_heading, show_wall

state = st.session_state


def show_methods(studio: Studio) -> None:
    """The wall of methods: it grows method by method; until its first maps are there, the one before stays."""
    parts, waiting = studio.maps(studio.request.parts())
    fresh = merged(parts)
    if fresh:
        state["last_wall"] = (fresh, studio.request.methods, studio.classes, studio.titles)
    results, methods, classes, titles = state.get("last_wall", ((), (), (), ()))
    show_heading(studio, finding(results, titles) if results else "", waiting)
    if results:
        groups = method_groups(results, methods, scheme())
        texts = answers(results, classes, scheme())
        show_wall(results[0].images, texts, groups, studio.opacity, finding(results, titles))
        if missed := unreached(results, studio.request.settings.tolerance):
            st.caption(missed)
        show_export(studio, results)
        show_cards(list(results[0].maps))


def merged(parts: Sequence[Sequence[AttributionResult]]) -> list[AttributionResult]:
    """Return one result a network with the maps of all parts that are there; none if none is."""
    there = [part for part in parts if part]
    whole = list(there[0]) if there else []
    for part in there[1:]:
        whole = [one.with_maps_of(other) for one, other in zip(whole, part, strict=True)]
    return whole


def unreached(results: Sequence[AttributionResult], tolerance: float) -> str:
    """Return a sentence on maps of integrated gradients whose delta stayed above the tolerance, if there are any."""
    method = Method.INTEGRATED_GRADIENTS
    deltas = [
        np.abs(one.deltas[method]) > tolerance * np.maximum(1, np.abs(one.explained))
        for one in results
        if method in one.deltas
    ]
    count, whole = sum(int(one.sum()) for one in deltas), sum(one.size for one in deltas)
    if not count:
        return ""
    return (
        f"Integrated gradients: after the most steps that are taken, {count} of {whole} maps still miss more than the tolerance "
        f"of {100 * tolerance:g} % of the logit's rise (or of 1)."
    )
