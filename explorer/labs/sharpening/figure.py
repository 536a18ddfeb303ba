"""A blurred photo, what two networks make of it, and how good both are over training."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from explorer.drawing.axes import bare, framed, mark, name_line, titled
from explorer.drawing.palette import COLOURS, INK
from explorer.drawing.theme import SMALL
from explorer.labs import Array

NAMES = ("A sharp photo", "B sharpening")
GREY = [[0, "black"], [1, "white"]]


def sharpening(
    pictures: Sequence[Array], quality: Sequence[Sequence[float]], untouched: float, step: int, scheme: str = "light"
) -> go.Figure:  # fmt: skip
    """Return five pictures and a chart: blurred x, A, B above; sharp, what B adds to x (signed), quality below.

    `pictures` are x, A's output, B's output and the sharp one; `quality` is A's and B's over the steps, in decibels.
    """
    x, plain, residual, sharp = pictures
    titles = ["x, blurred", "A: y = F(x)", "B: y = x + F(x)", "sharp", "what B adds: F(x)", "quality of a half not learned from"]
    figure = make_subplots(rows=2, cols=3, horizontal_spacing=0.03, vertical_spacing=0.08, subplot_titles=titles)
    for place, values in enumerate((x, plain, residual, sharp)):
        _photo(figure, values, place // 3 + 1, place % 3 + 1)
    most = 0.3
    figure.add_heatmap(
        z=(residual - x).astype(np.float32), colorscale="PRGn", zmin=-most, zmax=most, row=2, col=2,
        hovertemplate="%{z:.2f}<extra></extra>",
        colorbar={"x": 0.6, "y": 0.23, "len": 0.44, "thickness": 8, "tickfont": {"size": SMALL}, "tickvals": [-most, 0, most]},
    )  # fmt: skip
    figure.update_xaxes(visible=False, constrain="domain")
    for place in range(1, 6):
        name = "" if place == 1 else str(place)
        figure.update_layout(
            {f"yaxis{name}": {"visible": False, "autorange": "reversed", "scaleanchor": f"x{name}", "constrain": "domain"}}
        )
    _quality(figure, quality, untouched, step, scheme)
    return framed(figure, scheme, 440, l=8)


def card(edges: Sequence[Array], scheme: str = "light") -> go.Figure:
    """Return what blurs make of an edge, and the edge."""
    figure = go.Figure()
    for values in edges:
        figure.add_scatter(y=values, mode="lines", line={"color": COLOURS[0], "width": 2})
    sharp = (np.arange(len(edges[0])) >= len(edges[0]) // 2).astype(float)
    figure.add_scatter(y=sharp, mode="lines", line={"color": INK[scheme], "width": 2, "shape": "hv"})
    return bare(figure, scheme)


def _photo(figure: go.Figure, values: Array, row: int, column: int) -> None:
    figure.add_heatmap(
        z=np.round(255 * values).astype(np.uint8), colorscale=GREY, zmin=0, zmax=255, showscale=False, hoverinfo="skip",
        row=row, col=column,
    )  # fmt: skip


def _quality(
    figure: go.Figure, quality: Sequence[Sequence[float]], untouched: float, step: int, scheme: str
) -> None:  # fmt: skip
    for index, values in enumerate(quality):
        figure.add_scatter(
            y=list(values), mode="lines", name=NAMES[index], line={"color": COLOURS[index], "width": 2.5}, row=2, col=3,
            hovertemplate="%{y:.3g} dB",
        )  # fmt: skip
        name_line(
            figure, NAMES[index], index, scheme, xref="x6 domain", yref="y6 domain", x=0.98, y=0.12 - 0.11 * index, yanchor="bottom"
        )  # fmt: skip
    figure.add_hline(y=untouched, line={"width": 1.5, "dash": "dot", "color": INK[scheme]}, row=2, col=3)
    mark(figure, step, scheme, row=2, col=3)
    figure.update_yaxes(range=[0, 36], title=titled("PSNR / dB"), visible=True, row=2, col=3)
    figure.update_xaxes(range=[0, len(quality[0]) - 1], title=titled("step (dotted: x as it is)"), visible=True, row=2, col=3)
