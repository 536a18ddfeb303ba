"""Fits of a function: the function, what is left without x, and the error over training."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from explorer.drawing.axes import bare, framed, log_axis, name_line, titled
from explorer.drawing.palette import COLOURS, INK
from explorer.labs import Array
from explorer.labs.approximation.result import Approximation

KINDS = {
    "plain": (0, "A plain"),
    "residual": (1, "B residual"),
    "rest": (2, "C plain, learns f − x"),
    "wide": (3, "D wide, residual"),
}
"""Place in the palette and name on the picture, by the result's word."""


def approximation(x: Array, f: Array, results: Sequence[Approximation], scheme: str = "light") -> go.Figure:
    """Return three panels: f and the fits, both without x, and the error of every step; dotted is what is wanted."""
    titles = ["f and its fits", "what is left: f − x", "error while they learn"]
    figure = make_subplots(rows=1, cols=3, horizontal_spacing=0.06, subplot_titles=titles)
    for one in results:
        index, name = KINDS[one.network]
        fit, line = np.array(one.fit), {"color": COLOURS[index], "width": 2.5}
        for column, values in ((1, fit), (2, fit - x)):
            figure.add_scatter(x=x, y=values, mode="lines", name=name, line=line, hovertemplate="%{y:.3g}", row=1, col=column)
        figure.add_scatter(
            y=[value or None for value in one.errors], mode="lines", name=name, line={**line, "width": 2},
            hovertemplate="%{y:.3g}", row=1, col=3,
        )  # fmt: skip
    dots = {"color": INK[scheme], "width": 2, "dash": "dot"}
    for column, values in ((1, f), (2, f - x)):
        figure.add_scatter(x=x, y=values, mode="lines", line=dots, hoverinfo="skip", row=1, col=column)
    figure.update_xaxes(range=[x[0], x[-1]], title=titled("x"))
    figure.update_xaxes(range=[0, 400], title=titled("step"), col=3)
    figure.update_yaxes(range=[-3, 3], title=titled("y"), col=1)
    side = max(1.2, 1.1 * float(np.abs(f - x).max()))
    figure.update_yaxes(range=[-side, side], col=2)
    figure.update_yaxes(log_axis([-4, 1]), title=titled("root mean square error (log)"), col=3)
    for index, name in KINDS.values():
        name_line(
            figure, name, index, scheme, xref="x3 domain", yref="y3 domain", x=0.99, y=0.99 - 0.08 * index, yanchor="top"
        )  # fmt: skip
    return framed(figure, scheme, 350, l=44).update_layout(hovermode="x")


def card(x: Array, f: Array, scheme: str = "light") -> go.Figure:
    """Return f, and what is left of it without x."""
    figure = go.Figure()
    for values, index in ((f, 0), (f - x, 1)):
        figure.add_scatter(x=x, y=values, mode="lines", line={"color": COLOURS[index], "width": 3})
    return bare(figure, scheme)
