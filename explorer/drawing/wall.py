"""A wall of maps: a row a picture, columns in groups, each group with one scale.

All cells stand in one coordinate system, in picture pixels, so that the whole wall is one background picture
and one heat map a group, however many cells it has.
"""

import base64
import io
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go
from PIL import Image

from explorer.drawing.theme import SMALL, see_through, template

Floats = npt.NDArray[np.float32]
SATURATION = 99.0
"""Percentile of a group's absolute values, all columns and pictures together, that the colours end at."""
FEW = 2
"""Up to so many pictures have large cells, in more bands."""
LARGEST_CELL = 96
"""Pixels a side that a cell is drawn with at most; larger pictures and maps are averaged down to it."""
_LINE = 15
"""Screen pixels of a line of text."""
_HEAD, _FOOT = 28, 58
"""Screen pixels above the first row, with a line less than the titles have, and under the last."""


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One map of every picture."""

    head: str
    maps: Floats
    """N×H×W, signed."""
    notes: tuple[tuple[str, str], ...] = ()
    """Under each map a few characters, and what they say when pointed at."""


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """Columns that are measured in one unit and compared on one scale."""

    title: str
    unit: str
    columns: tuple[Column, ...]
    most: float | None = None
    """The absolute value that the colours end at; found from the columns unless given."""
    pending: bool = False
    """Whether its maps are still being computed: their places are kept."""

    @property
    def limit(self) -> float:
        """The absolute value that the colours end at, symmetric around zero."""
        if self.pending:
            return 1.0
        return limit([column.maps for column in self.columns]) if self.most is None else self.most


def limit(maps: Sequence[Floats]) -> float:
    """Return the absolute value that the colours of these maps end at."""
    values = np.abs(np.concatenate([one.ravel() for one in maps]))
    return float(np.percentile(values, SATURATION)) or float(values.max()) or 1.0


def wall(
    pictures: npt.NDArray[np.uint8],
    answers: Sequence[str],
    groups: Sequence[Group],
    *,
    opacity: float = 0.9,
    width: int = 940,
    scheme: str = "light",
    beside: int = 150,
) -> go.Figure:
    """Return the wall of N pictures, N×H×W×C, with an answer beside each, and the groups' maps over them in grey.

    `opacity` is the maps'; `width` is about how many screen pixels there are, `beside` how many of them the answers
    take.
    """
    form = _Form.of(pictures, groups, width, beside)
    shown = np.stack([_averaged(picture, form.shrink) for picture in pictures])
    figure = go.Figure(_ground(form, shown.astype(np.uint8)), {"template": template(scheme)})
    texts = _answers(form, answers)
    for index, group in enumerate(groups):
        figure.add_trace(_maps(form, group, index, opacity))
        texts += _heads(form, group, index) + _notes(form, group, index)
        texts += [] if group.pending else _scale(form, group, index)
    lines = max(group.title.count("<br>") + 1 for group in groups)
    head = _HEAD + (_LINE + 3) * lines
    hidden = {"visible": False, "fixedrange": False}
    figure.update_xaxes(**hidden, range=[0, form.width], constrain="domain", constraintoward="left")
    figure.update_yaxes(
        **hidden, range=[form.top(form.rows) + _FOOT / form.zoom, -head / form.zoom],
        scaleanchor="x", constrain="domain", constraintoward="top",
    )  # fmt: skip
    figure.update_layout(annotations=texts, height=round(form.top(form.rows) * form.zoom) + head + _FOOT)
    return figure


def bands(pictures: npt.NDArray[np.uint8], groups: Sequence[Group], width: int = 940, beside: int = 150) -> list[list[Group]]:
    """Return the groups in bands, as many beside each other as leave every cell large enough to see and to name."""
    small = 64 if len(pictures) > FEW else 116
    least, fits = max(small, _LINE * (1 + len(groups[0].columns))), 1
    for count in range(1, len(groups) + 1):
        form = _Form.of(pictures, groups[:count], width, beside)
        if form.zoom * form.side[1] >= least:
            fits = count
    rows = -(-len(groups) // fits)
    ends = [round(row * len(groups) / rows) for row in range(rows + 1)]
    return [list(groups[start:end]) for start, end in pairwise(ends)]


@dataclass(frozen=True, slots=True)
class _Form:
    """Where everything stands, in picture pixels from the top left."""

    rows: int
    columns: tuple[int, ...]
    """How many each group has."""
    side: tuple[int, int]
    """Height and width of a picture as it is drawn."""
    shrink: int
    """How many pixels a side are averaged into one."""
    zoom: float
    """Screen pixels a picture pixel."""
    beside: int
    """Width of the answers."""

    @classmethod
    def of(cls, pictures: npt.NDArray[np.uint8], groups: Sequence[Group], width: int, beside: int) -> "_Form":
        rows, height, across, _ = pictures.shape
        shrink = -(-max(height, across) // LARGEST_CELL)
        height, across = height // shrink, across // shrink
        columns = tuple(len(group.columns) for group in groups)
        gap = max(1, across // 10)
        total = across + sum(count * (across + gap) + gap for count in columns)
        zoom = min(130 / across, (width - beside) / total)
        return cls(rows, columns, (height, across), shrink, zoom, round(beside / zoom))

    @property
    def gap(self) -> int:
        return max(1, self.side[1] // 10)

    @property
    def width(self) -> int:
        return self.left(len(self.columns), 0)

    @property
    def scale_height(self) -> int:
        return max(1, round(9 / self.zoom))

    def top(self, row: int) -> int:
        """Rows leave room for a line of text under each."""
        return row * (self.side[0] + max(1, round(20 / self.zoom)))

    def left(self, group: int, column: int) -> int:
        before = sum(count * (self.side[1] + self.gap) + self.gap for count in self.columns[:group])
        return self.side[1] + self.beside + before + column * (self.side[1] + self.gap)

    def span(self, group: int) -> int:
        """Width of a group without the gap after it."""
        return self.columns[group] * (self.side[1] + self.gap) - self.gap


def _averaged(values: npt.NDArray[Any], factor: int) -> npt.NDArray[Any]:
    """H×W or H×W×C, squares of factor×factor pixels averaged into one; what does not fill a square is cut."""
    if factor == 1:
        return values
    height, width = values.shape[0] // factor, values.shape[1] // factor
    cut = values[: height * factor, : width * factor]
    return np.asarray(cut.reshape(height, factor, width, factor, *values.shape[2:]).mean(axis=(1, 3)))


def _ground(form: _Form, pictures: npt.NDArray[np.uint8]) -> go.Image:
    """Every picture as the network sees it, and again in grey under each of its maps."""
    height, width = form.side
    canvas = np.zeros((form.top(form.rows), form.width, 4), np.uint8)
    for row, picture in enumerate(pictures):
        rows = slice(form.top(row), form.top(row) + height)
        canvas[rows, :width, :3], canvas[rows, :width, 3] = picture, 255
        for group, count in enumerate(form.columns):
            for column in range(count):
                columns = slice(form.left(group, column), form.left(group, column) + width)
                canvas[rows, columns, :3], canvas[rows, columns, 3] = _grey(picture), 255
    file = io.BytesIO()
    Image.fromarray(canvas).save(file, "PNG")
    source = f"data:image/png;base64,{base64.b64encode(file.getvalue()).decode()}"
    return go.Image(source=source, x0=0.5, y0=0.5, hoverinfo="skip", name="pictures")


def _grey(picture: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """H×W×1, drawn towards the middle so that maps stand out from black and white."""
    light = picture.mean(axis=2, keepdims=True)
    return np.asarray(150 + light * (245 - 150) / 255, np.uint8)


def _maps(form: _Form, group: Group, index: int, opacity: float) -> go.Heatmap:
    """One group's cells, and under them its colours from end to end."""
    height, width = form.side
    most, start = group.limit, form.left(index, 0)
    foot = form.top(form.rows)
    values = np.full((foot + form.scale_height, form.span(index)), np.nan, np.float32)
    for number, column in enumerate(group.columns):
        place = form.left(index, number) - start
        for row, cells in enumerate(column.maps):
            values[form.top(row) : form.top(row) + height, place : place + width] = _averaged(cells, form.shrink)
    if not group.pending:
        values[foot:] = np.linspace(-most, most, form.span(index))
    return go.Heatmap(
        z=values, x0=start + 0.5, dx=1, y0=0.5, dy=1, zmin=-most, zmax=most, colorscale=see_through(), showscale=False,
        opacity=opacity, hoverongaps=False, name=group.title.replace("<br>", " "),
        hovertemplate=f"%{{z:.3g}} {group.unit}",
    )  # fmt: skip


def _heads(form: _Form, group: Group, index: int) -> list[dict[str, Any]]:
    middle = form.left(index, 0) + form.span(index) / 2
    heads = [_text(group.title, middle, -22 / form.zoom, yanchor="bottom")]
    for number, column in enumerate(group.columns):
        at = form.left(index, number) + form.side[1] / 2
        heads.append(_text(column.head, at, -3 / form.zoom, yanchor="bottom"))
    return heads


def _scale(form: _Form, group: Group, index: int) -> list[dict[str, Any]]:
    most, left, foot = group.limit, form.left(index, 0), form.top(form.rows) + form.scale_height
    small = {"size": SMALL}
    ends = [
        _text(text, left + share * form.span(index), foot, yanchor="top", xanchor=anchor, font=small)
        for text, share, anchor in ((signed(-most), 0, "left"), ("0", 0.5, "center"), (signed(most), 1, "right"))
    ]
    middle = left + form.span(index) / 2
    broken = group.unit.replace(" of", "<br>of")
    return [*ends, _text(broken, middle, foot + 14 / form.zoom, yanchor="top", font=small)]


def _answers(form: _Form, answers: Sequence[str]) -> list[dict[str, Any]]:
    left = form.side[1] + 6 / form.zoom
    places = [(left, form.top(row) + form.side[0] / 2) for row in range(form.rows)]
    return [
        _text(text, *place, xanchor="left", align="left", font={"size": SMALL + 1})
        for text, place in zip(answers, places, strict=True)
    ]


def _notes(form: _Form, group: Group, index: int) -> list[dict[str, Any]]:
    return [
        _text(text, form.left(index, number) + form.side[1] / 2, form.top(row) + form.side[0], yanchor="top",
              font={"size": SMALL}, hovertext=long)
        for number, column in enumerate(group.columns)
        for row, (text, long) in enumerate(column.notes)
    ]  # fmt: skip


def signed(value: float) -> str:
    """Return a number with two digits and a true minus."""
    return f"{value:.2g}".replace("-", "−")


def _text(text: str, x: float, y: float, **settings: Any) -> dict[str, Any]:
    return {"text": text, "x": x, "y": y, "xref": "x", "yref": "y", "showarrow": False, "borderpad": 0, **settings}
