"""What the views of the attribution studio share: what they are about, how far it is, and the wall."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt
import streamlit as st

from explorer.drawing.wall import Group, bands, wall
from explorer.questions.attribution import words
from explorer.questions.attribution.methods.result import QUESTION, AttributionResult
from explorer.questions.attribution.methods.spec import AttributionSpec, Method
from explorer.questions.attribution.methods.words import FORMAT
from explorer.questions.attribution.pictures.view import choose_pictures
from explorer.questions.attribution.view import choose_block, choose_settings, choose_target
from explorer.runs.records import Run
from explorer.ui.asking import Asked, ask_each, show_ended, show_going
from explorer.ui.cache import store
from explorer.ui.explained import Explained, trained_here
from explorer.ui.figures import scheme, show_figure
from explorer.ui.run_choice import choose_step
from explorer.ui.widgets import pills, selectbox, slider, value


class Asking(StrEnum):
    """Which methods a view lets one choose."""

    SEVERAL = "several"
    ONE = "one"
    BLOCKS = "blocks"
    """None: the view is about blocks."""
    CHECKS = "checks"
    """Several, for the first pictures of the test set."""


@dataclass(frozen=True, slots=True)
class Studio:
    """What every view of the attribution studio is about."""

    explained: Sequence[Explained]
    spec: AttributionSpec
    """Networks, checkpoint, pictures, class, methods and their settings."""
    file: bytes
    """The uploaded picture, if the spec is about one."""
    opacity: float

    @property
    def runs(self) -> list[Run]:
        """The networks that were trained here."""
        return trained_here(self.explained)

    @property
    def titles(self) -> tuple[str, ...]:
        """The networks' names."""
        return tuple(one.title for one in self.explained)

    @property
    def classes(self) -> tuple[str, ...]:
        """The names of what the networks tell apart."""
        return self.explained[0].card.classes

    def maps(self, specs: Sequence[AttributionSpec]) -> list[Asked[AttributionResult]]:
        """Ask for maps, method by method."""
        return ask_each(QUESTION, [part for spec in specs for part in spec.parts()], self.file)


def in_studio(show: Callable[[Studio], None], asking: Asking, *, wall: bool = True) -> Callable[[Sequence[Explained]], None]:
    """Return a view of explained networks: what else it is about is chosen in the sidebar; `wall` is whether it draws maps."""

    def choose_and_show(explained: Sequence[Explained]) -> None:
        with st.sidebar:
            spec, file = _choose(explained, asking)
            opacity = slider(words.OPACITY) if wall else words.OPACITY.start
        if isinstance(spec, str):
            st.info(spec)
        else:
            show(Studio(explained, spec, file, opacity))

    return choose_and_show


def _choose(explained: Sequence[Explained], asking: Asking) -> tuple[AttributionSpec | str, bytes]:
    """The spec, or a sentence that says what is still missing, and the uploaded file."""
    runs, checks = trained_here(explained), asking is Asking.CHECKS
    if len({run.experiment.dataset for run in runs}) > 1:
        return words.TWO_DATASETS, b""
    step = choose_step(store(), runs) if runs else None
    images, file = ((0,), b"") if checks and runs else choose_pictures(explained, step)
    methods = _choose_methods(asking)
    block = choose_block(explained) if any(method.reads_block for method in methods) else ""
    target = choose_target(explained[0].card, labelled=images != "upload", classes=not checks)
    settings = choose_settings(methods)
    if not methods:
        return words.NO_METHOD, b""
    if step is None and runs:
        return words.NO_STEP, b""
    if not images:
        return words.NO_PICTURE, b""
    if images == "upload" and not file:
        return words.NO_FILE, b""
    fields = {"runs": [one.id for one in explained], "step": step, "images": images, "methods": methods}
    return AttributionSpec.model_validate({**fields, "block": block, "target": target, "settings": settings}), file


def _choose_methods(asking: Asking) -> tuple[Method, ...]:
    if asking is Asking.BLOCKS:
        return (Method.CONDUCTANCE,)  # it reads a block and a baseline
    return (Method(selectbox(words.METHOD)),) if asking is Asking.ONE else pills(words.METHODS)


def show_heading(found: str, asked: Sequence[Asked[Any]]) -> None:
    """What was found, and beside it how far the rest is; of one height, so that nothing below moves."""
    with st.container(height=56, border=False):
        left, right = st.columns([3, 2], vertical_alignment="center")
    if found:
        left.markdown(f"**{found}**")
    with right:
        show_going(asked)
    show_ended(asked)


def show_wall(
    pictures: npt.NDArray[np.uint8], texts: Sequence[str], groups: Sequence[Group], opacity: float, found: str,
    *, key: str = "wall", caption: str = words.COLOURS,
) -> None:  # fmt: skip
    """Draw the groups in as many bands as they need; `found` says what is seen to those who cannot see it."""
    for number, band in enumerate(bands(pictures, groups)):
        figure = wall(pictures, texts, band, opacity=opacity, scheme=scheme())
        names = ", ".join(group.title.replace("<br>", " ") for group in band)
        show_wide(figure, f"{key}_{number}", f"Maps by {names}. {found}.")
    if caption:
        st.caption(caption)


def show_wide(figure: object, key: str, alt: str) -> None:
    """Show a wall in a box of its own that scrolls sideways where the window is narrow: its words keep their places.

    Its camera saves it in the format that was chosen, at twice the screen's resolution.
    """
    saved = {"format": value(FORMAT), "scale": 2, "filename": "attribution"}
    with st.container(key=f"wide_{key}"):
        show_figure(figure, key, alt, displayModeBar="hover", toImageButtonOptions=saved)
