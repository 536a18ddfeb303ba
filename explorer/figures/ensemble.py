"""What single blocks are worth: right answers after each, which way each pushes, right answers without each."""

from collections.abc import Sequence

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from explorer.figures.axes import bare, framed, name_line, titled
from explorer.figures.palette import COLOURS, INK
from explorer.labs import Array
from explorer.labs.ensemble import Account

NAMES = ("A plain", "B residual")


def ensemble(
    accounts: Sequence[Account], without: Sequence[Array], missing: int = 0, scheme: str = "light"
) -> go.Figure:  # fmt: skip
    """Return three panels over the blocks, plain (A) first; `without` is told of the networks as they were trained.

    `accounts` are of the networks as altered; the ring in the last panel is the block that is missing there.
    """
    titles = ["right after each block", "does a block push downhill?", "right without one block"]
    figure = make_subplots(rows=1, cols=3, horizontal_spacing=0.07, subplot_titles=titles)
    for index, (one, lost) in enumerate(zip(accounts, without, strict=True)):
        _line(figure, index, 0, 100 * one.right, 1)
        _line(figure, index, 1, one.downhill, 2)
        _line(figure, index, 1, 100 * lost, 3)
        if missing:
            ring = {"symbol": "circle-open", "size": 15, "color": INK[scheme]}
            figure.add_scatter(
                x=[missing], y=[100 * lost[missing - 1]], mode="markers", marker=ring, hoverinfo="skip", row=1, col=3
            )  # fmt: skip
        name_line(
            figure, NAMES[index], index, scheme, xref="x domain", yref="y domain", x=0.99, y=0.10 - 0.08 * index, yanchor="bottom"
        )  # fmt: skip
    for column in (1, 3):
        figure.update_yaxes(range=[0, 104], title=titled("points right / %"), col=column)
        figure.add_hline(y=50, line={"width": 1, "dash": "dot", "color": INK[scheme]}, row=1, col=column)
    figure.update_yaxes(range=[-1, 1], title=titled("cosine to −∂E/∂x"), col=2)
    figure.add_hline(y=0, line={"width": 1, "color": INK[scheme]}, row=1, col=2)
    count = len(without[0])
    figure.update_xaxes(range=[-0.4, count + 0.4], dtick=1, title=titled("block"))
    return framed(figure, scheme, 350, l=52).update_layout(hovermode="x")


def card(x: Array, sums: Sequence[Array], scheme: str = "light") -> go.Figure:
    """Return a growing sum of weak learners, the later the bolder."""
    figure = go.Figure()
    for place, values in enumerate(sums, start=1):
        line = {"color": COLOURS[1], "width": 2.5, "shape": "hvh"}
        figure.add_scatter(x=x, y=values, mode="lines", line=line, opacity=place / len(sums))
    return bare(figure, scheme)


def _line(figure: go.Figure, index: int, first: int, values: Array, column: int) -> None:
    figure.add_scatter(
        x=list(range(first, first + len(values))), y=values, mode="lines+markers", name=NAMES[index],
        line={"color": COLOURS[index], "width": 2}, marker={"size": 6}, hovertemplate="%{y:.3g}", row=1, col=column,
    )  # fmt: skip
