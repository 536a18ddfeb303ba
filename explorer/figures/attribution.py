"""The wall of maps: a row a picture, a group of columns a method, in it the networks side by side.

All cells stand in one coordinate system, in picture pixels, so that the whole wall is one background picture
and one heat map a method, however many cells it has.
"""

import base64
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go
from PIL import Image

from explorer.figures.palette import LETTERS
from explorer.figures.theme import SMALL, letter, see_through, template
from explorer.results.attribution import AttributionResult
from explorer.specs.attribution import Method

TITLES = {
    Method.SALIENCY: "Saliency",
    Method.INTEGRATED_GRADIENTS: "Integrated<br>gradients",
    Method.GRAD_CAM: "Grad-CAM<br>after block",
    Method.OCCLUSION: "Occlusion",
}
UNITS = {
    Method.SALIENCY: "logit per unit of brightness",
    Method.INTEGRATED_GRADIENTS: "logit",
    Method.GRAD_CAM: "activation × gradient",
    Method.OCCLUSION: "logit",
}
SATURATION = 99.0
"""Percentile of a method's absolute values, all networks and pictures together, that the colours end at."""
_ANSWERS = 150
"""Screen pixels of the column that says what each network answered."""
_LINE = 15
"""Screen pixels of a line of text."""
_HEAD, _FOOT = 66, 58
"""Screen pixels above the first row and under the last."""


def attribution_wall(
    results: Sequence[AttributionResult],
    classes: Sequence[str],
    *,
    methods: Sequence[Method] = tuple(Method),
    opacity: float = 0.9,
    width: int = 940,
    scheme: str = "light",
) -> go.Figure:
    """Return the wall for the results of one request, network A first.

    `methods` are those to draw, of the ones that were asked for (`bands` says how many fit beside each other);
    `opacity` is the maps', over the pictures in grey; `width` is about how many screen pixels there are. Every
    method has one scale for all its cells, symmetric around zero, so that networks and pictures compare.
    """
    drawn = [method for method in results[0].maps if method in methods]
    wall = _Wall.of(results, len(drawn), width, scheme)
    figure = go.Figure(_pictures(wall, results), {"template": template(scheme)})
    texts = _answers(wall, results, classes)
    for group, method in enumerate(drawn):
        figure.add_trace(_maps(wall, results, method, group, opacity))
        texts += _heads(wall, results, method, group) + _scale(wall, results, method, group)
        if method is Method.INTEGRATED_GRADIENTS:
            texts += _deltas(wall, results, group)
    hidden = {"visible": False, "fixedrange": False}
    figure.update_xaxes(**hidden, range=[0, wall.width], constrain="domain", constraintoward="left")
    figure.update_yaxes(
        **hidden, range=[wall.top(wall.rows) + _FOOT / wall.zoom, -_HEAD / wall.zoom],
        scaleanchor="x", constrain="domain", constraintoward="top",
    )  # fmt: skip
    figure.update_layout(annotations=texts, height=round(wall.top(wall.rows) * wall.zoom) + _HEAD + _FOOT)
    return figure


def bands(results: Sequence[AttributionResult], width: int = 940) -> list[tuple[Method, ...]]:
    """Return the methods in bands, as many beside each other as leave every cell large enough to see and to name."""
    methods, fits = tuple(results[0].maps), 1
    least = max(64, _LINE * (1 + len(results)))
    for count in range(1, len(methods) + 1):
        wall = _Wall.of(results, count, width)
        if wall.zoom * wall.side[1] >= least:
            fits = count
    rows = -(-len(methods) // fits)
    each = -(-len(methods) // rows)
    return [methods[start : start + each] for start in range(0, len(methods), each)]


def limit(results: Sequence[AttributionResult], method: Method) -> float:
    """Return the absolute value that a method's colours end at."""
    values = np.abs([result.maps[method] for result in results])
    return float(np.percentile(values, SATURATION)) or float(values.max()) or 1.0


@dataclass(frozen=True, slots=True)
class _Wall:
    """Where everything stands, in picture pixels from the top left."""

    rows: int
    runs: int
    groups: int
    side: tuple[int, int]
    """Height and width of a picture."""
    zoom: float
    """Screen pixels a picture pixel."""
    answers: int
    """Width of the column of answers."""
    scheme: str

    @classmethod
    def of(cls, results: Sequence[AttributionResult], groups: int, width: int, scheme: str = "light") -> "_Wall":
        rows, height, across, _ = results[0].images.shape
        runs = len(results)
        gap = max(1, across // 10)
        columns = across + groups * (runs * (across + gap) + gap)
        zoom = min(130 / across, (width - _ANSWERS) / columns)
        return cls(rows, runs, groups, (height, across), zoom, round(_ANSWERS / zoom), scheme)

    @property
    def gap(self) -> int:
        return max(1, self.side[1] // 10)

    @property
    def width(self) -> int:
        return self.left(self.groups, 0)

    @property
    def scale_height(self) -> int:
        return max(1, round(9 / self.zoom))

    def top(self, row: int) -> int:
        """Rows leave room for a line of text under each."""
        return row * (self.side[0] + max(1, round(20 / self.zoom)))

    def left(self, group: int, run: int) -> int:
        before = self.side[1] + self.answers + group * (self.runs * (self.side[1] + self.gap) + self.gap)
        return before + run * (self.side[1] + self.gap)

    def span(self) -> int:
        """Width of a group without the gap after it."""
        return self.runs * (self.side[1] + self.gap) - self.gap


def _pictures(wall: _Wall, results: Sequence[AttributionResult]) -> go.Image:
    """Every picture as the network sees it, and again in grey under each of its maps."""
    height, width = wall.side
    canvas = np.zeros((wall.top(wall.rows), wall.width, 4), np.uint8)
    for row, picture in enumerate(results[0].images):
        rows = slice(wall.top(row), wall.top(row) + height)
        canvas[rows, :width, :3], canvas[rows, :width, 3] = picture, 255
        for group in range(wall.groups):
            for run in range(wall.runs):
                columns = slice(wall.left(group, run), wall.left(group, run) + width)
                canvas[rows, columns, :3], canvas[rows, columns, 3] = _grey(picture), 255
    file = io.BytesIO()
    Image.fromarray(canvas).save(file, "PNG")
    source = f"data:image/png;base64,{base64.b64encode(file.getvalue()).decode()}"
    return go.Image(source=source, x0=0.5, y0=0.5, hoverinfo="skip", name="pictures")


def _grey(picture: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """H×W×1, drawn towards the middle so that maps stand out from black and white."""
    light = picture.mean(axis=2, keepdims=True)
    return np.asarray(150 + light * (245 - 150) / 255, np.uint8)


def _maps(wall: _Wall, results: Sequence[AttributionResult], method: Method, group: int, opacity: float) -> go.Heatmap:
    """One method's cells, and under them its colours from end to end."""
    height, width = wall.side
    most, start = limit(results, method), wall.left(group, 0)
    foot = wall.top(wall.rows)
    values = np.full((foot + wall.scale_height, wall.span()), np.nan, np.float32)
    for run, result in enumerate(results):
        for row, cells in enumerate(result.maps[method]):
            place = wall.left(group, run) - start
            values[wall.top(row) : wall.top(row) + height, place : place + width] = cells
    values[foot:] = np.linspace(-most, most, wall.span())
    return go.Heatmap(
        z=values, x0=start + 0.5, dx=1, y0=0.5, dy=1, zmin=-most, zmax=most, colorscale=see_through(), showscale=False,
        opacity=opacity, hoverongaps=False, name=TITLES[method].replace("<br>", " "),
        hovertemplate=f"%{{z:.3g}} {UNITS[method]}",
    )  # fmt: skip


def _heads(wall: _Wall, results: Sequence[AttributionResult], method: Method, group: int) -> list[dict[str, Any]]:
    middle = wall.left(group, 0) + wall.span() / 2
    heads = [_text(TITLES[method], middle, -22 / wall.zoom, yanchor="bottom")]
    for run, result in enumerate(results):
        text = (
            f"{letter(run, wall.scheme)} {_short(result.block)}"
            if method is Method.GRAD_CAM
            else letter(run, wall.scheme)
        )
        heads.append(_text(text, wall.left(group, run) + wall.side[1] / 2, -3 / wall.zoom, yanchor="bottom"))
    return heads


def _short(block: str) -> str:
    """stage3.block9 as 3.9: the stage and its block."""
    return block.replace("stage", "").replace("block", "")


def _scale(wall: _Wall, results: Sequence[AttributionResult], method: Method, group: int) -> list[dict[str, Any]]:
    most, left, foot = limit(results, method), wall.left(group, 0), wall.top(wall.rows) + wall.scale_height
    ends = [
        _text(text, left + share * wall.span(), foot, yanchor="top", xanchor=anchor, font={"size": SMALL})
        for text, share, anchor in ((_signed(-most), 0, "left"), ("0", 0.5, "center"), (_signed(most), 1, "right"))
    ]
    unit = _text(
        UNITS[method].replace(" of", "<br>of"),
        left + wall.span() / 2,
        foot + 14 / wall.zoom,
        yanchor="top",
        font={"size": SMALL},
    )
    return [*ends, unit]


def _answers(wall: _Wall, results: Sequence[AttributionResult], classes: Sequence[str]) -> list[dict[str, Any]]:
    """Beside each picture: what it is, and what each network takes it for."""
    texts = []
    for row, label in enumerate(results[0].labels):
        lines = [f"true: {classes[label]}" if label >= 0 else "true class unknown"]
        targets = {int(result.targets[row]) for result in results}
        if any(int(result.predictions[row]) not in targets for result in results):
            lines[0] += f"; maps: {', '.join(classes[target] for target in targets)}"
        for run, result in enumerate(results):
            answer = int(result.predictions[row])
            sure = f"{classes[answer]} {100 * float(result.probabilities[row, answer]):.0f}%"
            lines.append(f"{letter(run, wall.scheme)} {sure}{', wrong' if label >= 0 and answer != label else ''}")
        at = wall.side[1] + 6 / wall.zoom, wall.top(row) + wall.side[0] / 2
        texts.append(_text("<br>".join(lines), *at, xanchor="left", align="left", font={"size": SMALL + 1}))
    return texts


def _deltas(wall: _Wall, results: Sequence[AttributionResult], group: int) -> list[dict[str, Any]]:
    """Under each map of integrated gradients, by how much its sum misses what it should add up to."""
    texts = []
    for run, result in enumerate(results):
        assert result.deltas is not None
        for row, (delta, whole) in enumerate(zip(result.deltas, result.explained, strict=True)):
            at = wall.left(group, run) + wall.side[1] / 2, wall.top(row) + wall.side[0]
            long = f"{LETTERS[run]}: the map adds up to {whole + delta:.4g}, the logit rises by {whole:.4g}"
            texts.append(_text(f"Δ {_signed(delta)}", *at, yanchor="top", font={"size": SMALL}, hovertext=long))
    return texts


def _signed(value: float) -> str:
    """Two digits, with a true minus."""
    return f"{value:.2g}".replace("-", "−")


def _text(text: str, x: float, y: float, **settings: Any) -> dict[str, Any]:
    return {"text": text, "x": x, "y": y, "xref": "x", "yref": "y", "showarrow": False, "borderpad": 0, **settings}
