"""Where blocks stand: diagrams to click one in, its three maps, the strip along depth, and what flows through each part."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from explorer.drawing.palette import LETTERS
from explorer.questions.attribution.blocks import words
from explorer.questions.attribution.blocks.figure import flows, parts_of_block, strip
from explorer.questions.attribution.blocks.result import QUESTION, BlockMaps
from explorer.questions.attribution.methods.figure import answers
from explorer.questions.attribution.words import BLOCK
from explorer.ui.asking import ask
from explorer.ui.components.blocks import choose_block
from explorer.ui.figures import scheme, show_figure
from explorer.ui.race import lane
from explorer.ui.state import Kept
from explorer.ui.studio import Asking, Studio, in_studio, show_heading, show_wall
from explorer.ui.view import View
from explorer.ui.widgets import selectbox, set_value, value

LAST: Kept[tuple[Any, ...]] = Kept("last_blocks", ((), ()))
"""Results and classes that stay until the next ones are there."""


def show(studio: Studio) -> None:
    """Ask about every block, and draw what is known."""
    asked = ask(QUESTION, studio.spec.of_all_blocks(), studio.file)
    if asked.results:
        LAST.set((asked.results, studio.classes))
    results, classes = LAST.get()
    block = value(BLOCK)
    show_heading(words.finding(results, block) if results else "", [asked])
    lanes = [lane(index, one.network, []) for index, one in enumerate(studio.explained)]
    choose_block(lanes, block, lambda name: set_value(BLOCK, name))
    if not results:
        return
    texts = answers(results, classes, scheme())
    st.markdown(words.PARTS)
    groups = parts_of_block(results, block, scheme())
    show_wall(results[0].images, texts, groups, studio.opacity, "Branch, shortcut and sum of one block")
    for index, one in enumerate(results):
        st.markdown(words.depth_heading(one, f"{LETTERS[index]} {studio.titles[index]}"))
        group = [strip(one, index, scheme())]
        show_wall(one.images, texts, group, studio.opacity, "Grad-CAM along depth", key=f"strip_{index}", caption="")
    _show_flows(results, classes)


def _show_flows(results: Sequence[BlockMaps], classes: Sequence[str]) -> None:
    count = len(results[0].images)
    row = selectbox(replace(words.PICTURE, options=tuple(range(count)))) if count > 1 else 0
    st.markdown(words.flow_heading(results, row, classes))
    show_figure(flows(results, row, scheme()), "flows", "Conductance of every block")
    st.caption(words.flow_caption(results, row))


VIEW = View("blocks", "Blocks", in_studio(show, Asking.BLOCKS))
