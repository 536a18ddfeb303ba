"""What the views of the attribution studio share: the question, its progress, and the wall."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import streamlit as st

from explorer.drawing.palette import LETTERS
from explorer.drawing.wall import SATURATION, Group, bands, wall
from explorer.questions.attribution.methods.result import AttributionResult, from_npz
from explorer.questions.attribution.methods.spec import AttributionRequest
from explorer.questions.attribution.subjects import Subject, trained_here
from explorer.runs.records import Run
from explorer.runs.store import Store
from explorer.ui.asking import ask_many, show_ended, show_going

state = st.session_state


@dataclass(frozen=True, slots=True)
class Studio:
    """What every view of the attribution studio is about."""

    store: Store
    owner: str
    subjects: Sequence[Subject]
    request: AttributionRequest
    """Networks, checkpoint, pictures, class, methods and their settings."""
    content: bytes
    """The uploaded picture, if the request is about one."""
    opacity: float

    @property
    def runs(self) -> list[Run]:
        """The networks that were trained here."""
        return trained_here(self.subjects)

    @property
    def titles(self) -> tuple[str, ...]:
        """The networks' names."""
        return tuple(subject.title for subject in self.subjects)

    @property
    def classes(self) -> tuple[str, ...]:
        """The names of what the networks tell apart."""
        return self.subjects[0].card.classes

    def maps(self, requests: Sequence[AttributionRequest]) -> tuple[list[list[AttributionResult]], list[str]]:
        """Ask for maps; return for each request the networks' results, none while there are none, and unanswered jobs."""
        found = ask_many(self.store, self.owner, "attribute", requests, self.content)
        results = [[] if content is None else from_npz(content) for content in found.values()]
        return results, [job for job, content in found.items() if content is None]


def show_heading(studio: Studio, words: str, waiting: Sequence[str]) -> None:
    """What was found, and beside it how far the rest is; of one height, so that nothing below moves."""
    with st.container(height=56, border=False):
        left, right = st.columns([3, 2], vertical_alignment="center")
    if words:
        left.markdown(f"**{words}**")
    with right:
        show_going(studio.store, waiting, studio.owner, "Computing the maps")
    show_ended(studio.store, waiting)


COLOURS = (
    "Green speaks for the class, purple against it. Each group of columns has one scale for all its pictures, "
    f"the same on both sides of zero; the strongest {100 - SATURATION:.0f}% share its last colour."
)


def show_wall(
    pictures: npt.NDArray[np.uint8], texts: Sequence[str], groups: Sequence[Group], opacity: float, words: str,
    *, key: str = "wall", caption: str = COLOURS,
) -> None:  # fmt: skip
    """Draw the groups in as many bands as they need; `words` say what is seen to those who cannot see it."""
    for number, band in enumerate(bands(pictures, groups)):
        figure = wall(pictures, texts, band, opacity=opacity, scheme=scheme())
        names = ", ".join(group.title.replace("<br>", " ") for group in band)
        show_wide(figure, f"{key}_{number}", f"Maps by {names}. {words}.")
    if caption:
        st.caption(caption)


def show_wide(figure: object, key: str, alt: str) -> None:
    """Show a wall in a box of its own that scrolls sideways where the window is narrow: its words keep their places."""
    with st.container(key=f"wide_{key}"):
        st.plotly_chart(figure, key=key, theme=None, alt=alt, config=picture_config())


def picture_config() -> dict[str, object]:
    """Return how Plotly offers a figure as a file: in the format that was chosen, at twice the screen's resolution."""
    kind = state.get("picture_format", "png")
    return {"displaylogo": False, "toImageButtonOptions": {"format": kind, "scale": 2, "filename": "attribution"}}


def scheme() -> str:
    """Return light or dark, as the browser shows the page."""
    return st.context.theme.type or "light"


def finding(results: Sequence[AttributionResult], titles: Sequence[str]) -> str:
    """Return in a few words how the networks' answers compare on these pictures; `titles` are the networks' names."""
    first, count = results[0], len(results[0].images)
    names = [f"{letter} {title}" for letter, title in zip(LETTERS, titles, strict=False)]
    if (first.labels >= 0).all():
        right = [int((result.predictions == first.labels).sum()) for result in results]
        scores = ", ".join(f"{name}: {score}" for name, score in zip(names, right, strict=True))
        return f"Right answers on {count} {_pictures(count)}. {scores}"
    if len(results) == 1:
        return f"One picture, seen by {names[0]}"
    agree = len({int(result.predictions[0]) for result in results}) == 1
    return f"{', '.join(names)} {'agree' if agree else 'disagree'} on this picture"


def _pictures(count: int) -> str:
    return "picture" if count == 1 else "pictures"
