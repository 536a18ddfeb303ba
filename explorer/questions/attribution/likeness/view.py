"""Where it stands how alike the maps of methods and networks are."""

import streamlit as st

from explorer.questions.attribution.likeness.figure import MEASURES, likeness_table
from explorer.questions.attribution.likeness.result import QUESTION, Likeness
from explorer.questions.attribution.likeness.words import MEASURE, caption, finding
from explorer.questions.attribution.methods.result import AttributionResult, merged
from explorer.ui.asking import Asked, ask
from explorer.ui.figures import scheme, show_figure
from explorer.ui.state import Kept
from explorer.ui.studio import Asking, Studio, in_studio, show_heading
from explorer.ui.view import View
from explorer.ui.widgets import segments

PACKED: Kept[tuple[list[str], bytes]] = Kept("packed", ([], b""))
"""Jobs, and their maps as one file: the same maps are the same bytes, though packing writes the time into them."""


def show(studio: Studio) -> None:
    """Ask for all maps, then compare them."""
    maps = studio.maps([studio.spec])
    if not all(one.results for one in maps):
        show_heading("", maps)
        return
    asked: Asked[Likeness] = ask(QUESTION, studio.spec, _packed(maps))
    found = finding(asked.results[0]) if asked.results else ""
    show_heading(found, [asked])
    if asked.results:
        measure = segments(MEASURE)
        table = likeness_table(asked.results[0], measure, scheme())
        show_figure(table, "likeness", f"{MEASURES[measure]}. {found}")
        st.caption(caption(len(maps[0].results[0].images)))


def _packed(maps: list[Asked[AttributionResult]]) -> bytes:
    jobs = [one.job for one in maps]
    if PACKED.get()[0] != jobs:
        PACKED.set((jobs, AttributionResult.encode(merged(one.results for one in maps))))
    return PACKED.get()[1]


VIEW = View("agreement", "Agreement", in_studio(show, Asking.SEVERAL, wall=False))
