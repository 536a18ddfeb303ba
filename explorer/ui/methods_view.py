"""The studio's methods: one wall of maps that grows method by method."""

from collections.abc import Sequence

import streamlit as st

from explorer.figures.attribution import answers, method_groups
from explorer.results.attribution import AttributionResult
from explorer.ui.attribution_answer import Studio, finding, scheme, show_heading, show_wall
from explorer.ui.attribution_export import show_export
from explorer.ui.method_cards import show_cards

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
        show_export(studio, results)
        show_cards(list(results[0].maps))


def merged(parts: Sequence[Sequence[AttributionResult]]) -> list[AttributionResult]:
    """Return one result a network with the maps of all parts that are there; none if none is."""
    there = [part for part in parts if part]
    whole = list(there[0]) if there else []
    for part in there[1:]:
        whole = [one.with_maps_of(other) for one, other in zip(whole, part, strict=True)]
    return whole
