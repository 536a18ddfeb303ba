"""Decisions of the identity, a full mapping and a residual one over the plane, and right answers over training."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from explorer.drawing.axes import bare, framed, mark, name_line, titled
from explorer.drawing.palette import COLOURS, INK
from explorer.drawing.theme import AGAINST, FOR
from explorer.labs import Array
from explorer.labs.correction.compute import GRID

NAMES = ("A full mapping", "B residual mapping")


@dataclass(frozen=True)
class Plane:
    """What is the same for every mapping."""

    marks: Array
    """Coordinates of the grid's lines."""
    boundary: Array
    """The true one over the marks."""
    points: Array
    """That are learned, N×2."""
    labels: Sequence[int]


def correction(
    plane: Plane, seconds: Sequence[Array], right: Sequence[Sequence[float]], step: int, scheme: str = "light"
) -> go.Figure:  # fmt: skip
    """Return four panels: decisions of the identity, the full and the residual mapping, and right answers over the steps.

    `seconds` are the second coordinates over the grid, `right` the shares of training points, identity first. Green
    ground is decided for class 1, whose points are full, purple for class 0; dotted is the true boundary.
    """
    titles = ["identity, y = x", "A: y = F(x)", "B: y = x + F(x)", "right over training"]
    figure = make_subplots(rows=1, cols=4, horizontal_spacing=0.05, subplot_titles=titles)
    for column, second in enumerate(seconds, start=1):
        _decisions(figure, plane, second, column, scheme)
    for index, values in enumerate(right[1:]):
        figure.add_scatter(
            y=[100 * value for value in values], mode="lines", name=NAMES[index], hovertemplate="%{y:.3g} %", row=1, col=4,
            line={"color": COLOURS[index], "width": 2.5},
        )  # fmt: skip
        name_line(
            figure, NAMES[index], index, scheme, xref="x4 domain", yref="y4 domain", x=0.98, y=0.10 - 0.08 * index, yanchor="bottom"
        )  # fmt: skip
    figure.add_hline(y=100 * right[0][0], line={"width": 1.5, "dash": "dot", "color": INK[scheme]}, row=1, col=4)
    mark(figure, step, scheme, row=1, col=4)
    figure.update_yaxes(range=[60, 101], title=titled("points right / %"), col=4)
    figure.update_xaxes(range=[0, len(right[1]) - 1], title=titled("step (dotted: identity)"), col=4)
    return framed(figure, scheme, 330, l=40)


def card(plane: Plane, scheme: str = "light") -> go.Figure:
    """Return points of both classes and the boundary."""
    figure = go.Figure()
    _points(figure, plane, scheme)
    figure.add_scatter(x=plane.marks, y=plane.boundary, mode="lines", line={"color": COLOURS[1], "width": 3})
    return bare(figure, scheme)


def _decisions(figure: go.Figure, plane: Plane, second: Array, column: int, scheme: str) -> None:
    against, towards = (f"rgba{(*colour, 0.3)}" for colour in (AGAINST, FOR))
    figure.add_heatmap(
        x=plane.marks, y=plane.marks, z=np.sign(second).reshape(GRID, GRID), zmin=-1, zmax=1, showscale=False, hoverinfo="skip",
        colorscale=[[0, against], [0.5, against], [0.5, towards], [1, towards]], row=1, col=column,
    )  # fmt: skip
    _points(figure, plane, scheme, row=1, col=column)
    dots = {"color": INK[scheme], "width": 2, "dash": "dot"}
    figure.add_scatter(x=plane.marks, y=plane.boundary, mode="lines", line=dots, hoverinfo="skip", row=1, col=column)
    side = float(plane.marks[-1])
    figure.update_xaxes(range=[-side, side], title=titled("x₁"), constrain="domain", col=column)
    anchor = "x" if column == 1 else f"x{column}"
    figure.update_yaxes(range=[-side, side], constrain="domain", scaleanchor=anchor, col=column)


def _points(figure: go.Figure, plane: Plane, scheme: str, **where: int) -> None:
    symbols = ["circle" if label else "circle-open" for label in plane.labels]
    figure.add_scatter(
        x=plane.points[:, 0], y=plane.points[:, 1], mode="markers", hoverinfo="skip",
        marker={"size": 4, "symbol": symbols, "color": INK[scheme]}, **where,
    )  # fmt: skip
