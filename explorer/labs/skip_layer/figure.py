"""Two perceptrons fitted to a line plus a bump: the fits, what each part of them does, and the error by hidden units."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from explorer.drawing.axes import bare, framed, mark, name_line, reach, titled
from explorer.drawing.palette import COLOURS, INK
from explorer.drawing.theme import FAINT, SMALL
from explorer.labs import Array
from explorer.labs.skip_layer.compute import INSIDE, OUTSIDE, Fit

NAMES = ("A plain", "B skip-layer")


def skip_layer(
    data: tuple[Array, Array], fits: tuple[Fit, Fit], errors: Sequence[tuple[float, float]], scheme: str = "light"
) -> go.Figure:  # fmt: skip
    """Return three panels: data and both fits, the parts of each fit, and the error on the data against hidden units.

    `fits` and every pair of `errors`, which are for 1, 2, … hidden units, are plain (A) first. The grey ground is where
    no data are; in the middle panel hidden units are solid, the linear path is dotted.
    """
    titles = ["data and fits", "what hidden units (solid) and line (dotted) do", "error on the data"]
    figure = make_subplots(rows=1, cols=3, horizontal_spacing=0.06, subplot_titles=titles)
    x = np.linspace(-OUTSIDE, OUTSIDE, 241)
    figure.add_scatter(
        x=data[0], y=data[1], mode="markers", marker={"size": 4, "color": INK[scheme]}, hoverinfo="skip", row=1, col=1
    )  # fmt: skip
    for index, one in enumerate(fits):
        style = {"color": COLOURS[index], "width": 2.5}
        _line(figure, x, one(x), index, style, 1)
        _line(figure, x, one.hidden(x), index, style, 2)
        _line(figure, x, one.line(x), index, {**style, "width": 1.5, "dash": "dot"}, 2)
    most = 1.05 * reach(max(float(np.abs(data[1]).max()), *(float(np.abs(one.hidden(x)).max()) for one in fits)))
    for column in (1, 2):
        for side in (-1, 1):
            figure.add_vrect(
                x0=side * INSIDE, x1=side * OUTSIDE, fillcolor=FAINT[scheme], opacity=0.35, line_width=0, row=1, col=column,
                layer="below",
            )  # fmt: skip
        figure.update_xaxes(range=[-OUTSIDE, OUTSIDE], title=titled("x"), col=column)
        figure.update_yaxes(range=[-most, most], col=column)
    figure.update_yaxes(title=titled("y"), col=1)
    _errors(figure, errors, len(fits[0].w), scheme)
    for index, text in enumerate(NAMES):
        name_line(
            figure, text, index, scheme, xref="x domain", yref="y domain", x=0.99, y=0.01 + 0.08 * (1 - index), yanchor="bottom"
        )  # fmt: skip
    return framed(figure, scheme, 350, l=44).update_layout(hovermode="x")


def card(data: tuple[Array, Array], fits: tuple[Fit, Fit], scheme: str = "light") -> go.Figure:
    """Return data and fits alone."""
    figure, x = go.Figure(), np.linspace(-OUTSIDE, OUTSIDE, 121)
    figure.add_scatter(x=data[0], y=data[1], mode="markers", marker={"size": 3, "color": INK[scheme]})
    for index, one in enumerate(fits):
        figure.add_scatter(x=x, y=one(x), mode="lines", line={"color": COLOURS[index], "width": 2.5})
    return bare(figure, scheme)


def _line(figure: go.Figure, x: Array, y: Array, index: int, line: dict[str, object], column: int) -> None:
    figure.add_scatter(x=x, y=y, mode="lines", name=NAMES[index], line=line, hovertemplate="%{y:.3g}", row=1, col=column)


def _errors(figure: go.Figure, errors: Sequence[tuple[float, float]], hidden: int, scheme: str) -> None:
    units = list(range(1, len(errors) + 1))
    for index, values in enumerate(zip(*errors, strict=True)):
        figure.add_scatter(
            x=units, y=list(values), mode="lines+markers", name=NAMES[index], hovertemplate="%{y:.3g}", row=1, col=3,
            line={"color": COLOURS[index], "width": 2}, marker={"size": 6},
        )  # fmt: skip
    figure.update_yaxes(type="log", range=[-2, 0.5], dtick=1, title=titled("root mean square error (log)"), col=3)
    figure.update_xaxes(range=[0.5, len(errors) + 0.5], dtick=1, title=titled("hidden units"), col=3)
    figure.add_hline(y=0.03, line={"width": 1, "dash": "dash", "color": INK[scheme]}, row=1, col=3)
    figure.add_annotation(
        text="noise", xref="x3", yref="y3", x=len(errors), y=np.log10(0.03), showarrow=False, yanchor="bottom",
        font={"size": SMALL},
    )  # fmt: skip
    mark(figure, hidden, scheme, row=1, col=3)
