"""Where lesions stand: diagrams to click blocks in, the error without each block, and against how many."""

from dataclasses import replace

import streamlit as st

from explorer.questions.lesion.figure import count_curves, single_bars
from explorer.questions.lesion.result import QUESTION
from explorer.questions.lesion.spec import LesionSpec, Removal
from explorer.questions.lesion.words import AXES, REMOVED, Found, caption, chosen_words, finding, toggled
from explorer.specs import outline
from explorer.ui.asking import ask_each, show_waiting
from explorer.ui.components.blocks import toggle_blocks
from explorer.ui.figures import scheme, show_figure
from explorer.ui.race import lane
from explorer.ui.view import Trained, View
from explorer.ui.widgets import multiselect, set_value, value


def show(chosen: Trained) -> None:
    """Ask for every removal, and show what is known."""
    networks = [run.experiment.network for run in chosen.runs]
    blocks = max((outline(network).blocks for network in networks), key=len)
    removed = _choose_removed(tuple(block.name for block in blocks))
    wanted = [removal for removal in Removal if removed or removal is not Removal.CHOSEN]
    specs = [LesionSpec(**chosen.asked, study=one, removed=removed if one is Removal.CHOSEN else ()) for one in wanted]
    asked = ask_each(QUESTION, specs)
    found = {removal: one.results for removal, one in zip(wanted, asked, strict=True) if one.results}
    st.markdown(f"**{finding(found, chosen.names)}**")
    lanes = [lane(index, network, []) for index, network in enumerate(networks)]
    toggle_blocks(lanes, removed, lambda name: set_value(REMOVED, toggled(value(REMOVED), name)))
    st.markdown(chosen_words(found, chosen.names, removed))
    show_waiting(asked)
    if found:
        _draw(found)


def _choose_removed(names: tuple[str, ...]) -> tuple[str, ...]:
    set_value(REMOVED, tuple(name for name in value(REMOVED) if name in names))
    with st.sidebar:
        return multiselect(replace(REMOVED, options=names))


def _draw(found: Found) -> None:
    left, right = st.columns([3, 2])
    with left:
        if bars := found.get(Removal.SINGLE):
            st.markdown("**Error without each single block**")
            show_figure(single_bars(bars, scheme()), Removal.SINGLE, "Test error without each single block")
    with right:
        for removal in [one for one in AXES if one in found]:
            st.markdown(f"**Error against {AXES[removal]}**")
            curves = count_curves(found[removal], AXES[removal], scheme())
            show_figure(curves, removal, f"Test error against {AXES[removal]}")
    st.caption(caption(next(iter(found.values()))[0].pictures))


VIEW = View("lesions", "Take away", show)
