"""Where the methods stand side by side: one wall of maps that grows method by method."""

from typing import Any

import streamlit as st

from explorer.questions.attribution.methods.figure import answers, method_groups
from explorer.questions.attribution.methods.result import merged
from explorer.questions.attribution.methods.words import CARDS, SYMBOLS, finding, unreached
from explorer.ui.export import show_export
from explorer.ui.figures import scheme
from explorer.ui.state import Kept
from explorer.ui.studio import Asking, Studio, in_studio, show_heading, show_wall
from explorer.ui.view import View

LAST: Kept[tuple[Any, ...]] = Kept("last_wall", ((), (), (), ()))
"""Results, methods, classes and titles of the wall that stays until the next one's first maps are there."""


def show(studio: Studio) -> None:
    """Ask for the maps, method by method, and draw what is there."""
    asked = studio.maps([studio.spec])
    if fresh := merged(one.results for one in asked):
        LAST.set((fresh, studio.spec.methods, studio.classes, studio.titles))
    results, methods, classes, titles = LAST.get()
    found = finding(results, titles) if results else ""
    show_heading(found, asked)
    if not results:
        return
    groups = method_groups(results, methods, scheme())
    show_wall(results[0].images, answers(results, classes, scheme()), groups, studio.opacity, found)
    if missed := unreached(results, studio.spec.settings.tolerance):
        st.caption(missed)
    show_export(studio, results)
    with st.expander("What the methods answer, and when they mislead"):
        for method in results[0].maps:
            st.markdown(CARDS[method].told)
        st.caption(SYMBOLS)


VIEW = View("methods", "Methods", in_studio(show, Asking.SEVERAL))
