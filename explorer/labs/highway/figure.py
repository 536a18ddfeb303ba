"""The gradient's factor against the number of layers: for numbers left, for matrices right, on one log scale."""

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from explorer.drawing.axes import bare, framed, log_axis, mark, name_line, powers, titled
from explorer.drawing.palette import COLOURS
from explorer.labs import Array
from explorer.labs.highway.compute import Spectrum
from explorer.labs.highway.result import HighwayGradient

NAMES = ("A plain", "B residual")
EVERY = 3
"""Layers between two measured points that are drawn."""


def highway(
    factors: tuple[Array, Array],
    spectra: tuple[Spectrum, Spectrum],
    depth: int,
    measured: HighwayGradient | None = None,
    scheme: str = "light",
) -> go.Figure:
    """Return two panels over the layers: |a|^L and |1+a|^L with what autograd measured, and bands of singular values.

    `factors` and `spectra` are plain first; a factor of 0 has no point on the log axis. The band goes from the smallest
    to the largest singular value, its line is their geometric mean; what
    leaves the scale is smaller still. The upright line stands at `depth`.
    """
    titles = ["one number a layer", "one matrix a layer: all singular values"]
    figure = make_subplots(rows=1, cols=2, shared_yaxes=True, horizontal_spacing=0.03, subplot_titles=titles)
    for index in (0, 1):
        _line(figure, index, factors[index], 1)
        _band(figure, index, spectra[index])
        if measured:
            _points(figure, index, measured)
    span = powers(max(_reach(values) for values in (*factors, *(one.largest for one in spectra))))
    figure.update_yaxes(log_axis(span))
    figure.update_yaxes(title=titled("size of ∂x<sub>L</sub>/∂x<sub>0</sub> (a ratio, log)"), col=1)
    figure.update_xaxes(title=titled("layers L"), range=[0, len(factors[0]) - 1], dtick=10)
    mark(figure, depth, scheme)
    _name(figure, factors, span, scheme)
    return framed(figure, scheme, 340, l=66).update_layout(hovermode="x")


def card(factors: tuple[Array, Array], scheme: str = "light") -> go.Figure:
    """Return both lines alone."""
    figure = go.Figure()
    for index in (0, 1):
        figure.add_scatter(y=np.log10(factors[index]), mode="lines", line={"color": COLOURS[index], "width": 3})
    return bare(figure, scheme)


def _reach(values: Array) -> float:
    positive = values[values > 0]
    return float(np.abs(np.log10(positive)).max())


def _line(figure: go.Figure, index: int, values: Array, column: int) -> None:
    figure.add_scatter(
        x=np.arange(len(values)), y=np.where(values > 0, values, np.nan), mode="lines", name=NAMES[index],
        line={"color": COLOURS[index], "width": 2.5}, hovertemplate="%{y:.3g}", row=1, col=column,
    )  # fmt: skip


def _band(figure: go.Figure, index: int, one: Spectrum) -> None:
    kept = one.smallest > 0
    layers = np.arange(len(kept))[kept]
    figure.add_scatter(
        x=np.concatenate([layers, layers[::-1]]), y=np.concatenate([one.largest[kept], one.smallest[kept][::-1]]),
        fill="toself", mode="none", fillcolor=COLOURS[index], opacity=0.25, hoverinfo="skip", row=1, col=2,
    )  # fmt: skip
    _line(figure, index, one.middle, 2)


def _points(figure: go.Figure, index: int, measured: HighwayGradient) -> None:
    values = (measured.plain, measured.residual)[index][::EVERY]
    figure.add_scatter(
        x=[EVERY * place for place in range(len(values))], y=[value or None for value in values], mode="markers", row=1, col=1,
        marker={"color": COLOURS[index], "size": 7, "symbol": "circle-open"}, name="autograd, fp32",
        hovertemplate="%{y:.3g}",
    )  # fmt: skip


def _name(figure: go.Figure, factors: tuple[Array, Array], span: list[int], scheme: str) -> None:
    """Write each network's name near the end of its line, the larger one above."""
    last = len(factors[0]) - 4
    for index, values in enumerate(factors):
        if values[last] > 0:
            power = min(max(float(np.log10(values[last])), span[0]), span[1])
            above = (values[last], index) > (factors[1 - index][last], 1 - index)
            name_line(
                figure, NAMES[index], index, scheme, x=last, y=power, row=1, col=1,
                yanchor="bottom" if above else "top", yshift=12 if above else -12,
            )  # fmt: skip
