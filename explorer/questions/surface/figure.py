"""The loss around trained networks: a slice, contours, and the same in three dimensions, on one scale."""

import math
from collections.abc import Sequence

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from explorer.drawing.palette import COLOURS, LETTERS
from explorer.drawing.theme import FAINT, SEQUENTIAL, SMALL, letter, template
from explorer.questions.surface.result import Surface

HEIGHT = 330


def slices(results: Sequence[Surface], scheme: str = "light") -> go.Figure:
    """Return the loss along the first direction, in nats on a log axis, a line a network; 0 is as it was trained."""
    figure = go.Figure()
    for index, one in enumerate(results):
        figure.add_scatter(
            x=list(one.places), y=list(one.rows[0] or ()), mode="lines", name=LETTERS[index],
            line={"color": COLOURS[index], "width": 2}, hovertemplate="%{y:.3g} nats",
        )  # fmt: skip
    small = {"fixedrange": True, "tickfont": {"size": SMALL}}
    figure.update_xaxes(title=_title("along the first direction δ"), **small)
    figure.update_yaxes(title=_title("loss / nats"), type="log", exponentformat="power", dtick=1, **small)
    margin = {"l": 50, "r": 8, "t": 24, "b": 38}
    figure.update_layout(template=template(scheme), showlegend=False, hovermode="x unified", height=HEIGHT, margin=margin)
    return figure


def contours(results: Sequence[Surface], scheme: str = "light", networks: int = 0) -> go.Figure:
    """Return one panel a network, colours on one log scale; what is not computed yet, or not finite, is left empty.

    There are panels for as many `networks`, from the start, if not all have results yet.
    """
    rows, columns, titles = _grid(max(networks, len(results)), scheme)
    figure = make_subplots(rows, columns, horizontal_spacing=0.03, vertical_spacing=0.09, subplot_titles=titles)
    for index, one in enumerate(results):
        figure.add_contour(
            x=list(one.places), y=list(one.places), z=_powers(one), coloraxis="coloraxis", connectgaps=False,
            line={"width": 0.6, "color": "rgba(255,255,255,0.6)"}, contours={"coloring": "heatmap"},
            hovertemplate="10<sup>%{z:.2f}</sup> nats<extra></extra>", **_place(index, columns),
        )  # fmt: skip
        figure.add_scatter(
            x=[0], y=[0], mode="markers", hoverinfo="skip", **_place(index, columns),
            marker={"symbol": "cross-thin", "size": 9, "line": {"width": 1.5, "color": "#ffffff"}},
        )  # fmt: skip
    span = [results[0].places[0], results[0].places[-1]]
    figure.update_xaxes(range=span, tickfont={"size": SMALL}, nticks=5, fixedrange=True, showticklabels=False)
    figure.update_yaxes(range=span, tickfont={"size": SMALL}, nticks=5, fixedrange=True, showticklabels=False)
    figure.update_xaxes(title={**_title("δ"), "standoff": 2}, showticklabels=True, row=rows)
    figure.update_yaxes(title=_title("η"), showticklabels=True, col=1)
    margin = {"l": 44, "r": 8, "t": 24, "b": 38}
    figure.update_layout(
        template=template(scheme), showlegend=False, height=_height(rows), margin=margin, coloraxis=_scale(results)
    )
    return figure


def hills(results: Sequence[Surface], scheme: str = "light", networks: int = 0) -> go.Figure:
    """Return the contours' content as surfaces, one scene a network, all with the same height and colours."""
    rows, columns, titles = _grid(max(networks, len(results)), scheme)
    specs = [[{"type": "scene"}] * columns] * rows
    spacing = {"horizontal_spacing": 0.01, "vertical_spacing": 0.06}
    figure = make_subplots(rows, columns, specs=specs, subplot_titles=titles, **spacing)
    low, high = _range(results)
    axis = {"title": "", "showticklabels": False, "gridcolor": FAINT[scheme], "showbackground": False}
    height = {**axis, "range": [low, high], "showticklabels": True, "tickfont": {"size": 9}, "nticks": 5}
    height |= {"tickprefix": "10<sup>", "ticksuffix": "</sup>"}
    for index, one in enumerate(results):
        figure.add_surface(
            x=list(one.places), y=list(one.places), z=_powers(one), coloraxis="coloraxis",
            hovertemplate="10<sup>%{z:.2f}</sup> nats<extra></extra>", **_place(index, columns),
        )  # fmt: skip
        camera = {"eye": {"x": 1.15, "y": 1.15, "z": 0.65}, "center": {"x": 0, "y": 0, "z": -0.12}}
        scene = {"xaxis": axis, "yaxis": axis, "zaxis": height, "camera": camera, "aspectmode": "manual"}
        figure.update_scenes({**scene, "aspectratio": {"x": 1, "y": 1, "z": 0.75}}, **_place(index, columns))
    figure.update_layout(
        template=template(scheme), height=_height(rows), coloraxis=_scale(results), margin={"l": 0, "r": 8, "t": 24, "b": 0}
    )
    return figure


def _powers(one: Surface) -> list[list[float | None]]:
    nothing = (None,) * len(one.places)
    return [[math.log10(loss) if loss else None for loss in row or nothing] for row in one.rows]


def _range(results: Sequence[Surface]) -> tuple[float, float]:
    powers = [power for one in results for row in _powers(one) for power in row if power is not None] or [0.0, 1.0]
    return math.floor(min(powers)), math.ceil(max(powers))


def _scale(results: Sequence[Surface]) -> dict[str, object]:
    low, high = _range(results)
    bar = {"title": _title("loss / nats"), "thickness": 12, "tickfont": {"size": SMALL}, "nticks": 6}
    bar |= {"tickprefix": "10<sup>", "ticksuffix": "</sup>", "outlinewidth": 0}
    return {"colorscale": SEQUENTIAL, "cmin": low, "cmax": high, "colorbar": bar}


def _grid(networks: int, scheme: str) -> tuple[int, int, list[str]]:
    """Return rows, columns and titles of the panels."""
    rows, columns = (1, networks) if networks < 3 else (2, 2)
    letters = [letter(index, scheme) for index in range(networks)]
    return rows, columns, letters + [""] * (rows * columns - networks)


def _height(rows: int) -> int:
    return HEIGHT if rows == 1 else 480


def _place(index: int, columns: int) -> dict[str, int]:
    return {"row": index // columns + 1, "col": index % columns + 1}


def _title(text: str) -> dict[str, object]:
    return {"text": text, "font": {"size": SMALL}}
