"""Signal and gradient along the layers of a plain, a residual and a highway network."""

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from explorer.drawing.axes import bare, framed, log_axis, name_line, powers, titled
from explorer.drawing.palette import COLOURS
from explorer.labs import Array
from explorer.labs.gate.compute import Passage, Passages

NAMES = ("A plain", "B residual", "C highway")
TITLES = ("signal: numbers", "signal: vectors of 16", "gradient: numbers", "gradient: vectors of 16")


def gate(scalars: Passages, vectors: Passages, scheme: str = "light") -> go.Figure:
    """Return four panels over the layer, on one log scale that the gate's bias does not move: forward above, gradient below."""
    figure = make_subplots(
        rows=2, cols=2, shared_xaxes=True, shared_yaxes="all", horizontal_spacing=0.03, vertical_spacing=0.11,
        subplot_titles=TITLES,
    )  # fmt: skip
    for column, one in enumerate((scalars, vectors), start=1):
        for row, kind in enumerate(("signal", "gradient"), start=1):
            for index, passage in enumerate(_networks(one)):
                _line(figure, index, getattr(passage, kind), row, column)
    fixed = [passage for one in (scalars, vectors) for passage in (one.plain, one.residual)]
    span = powers(max(_reach(values) for passage in fixed for values in (passage.signal, passage.gradient)))
    figure.update_yaxes(log_axis(span, 4))
    figure.update_yaxes(title=titled("‖x<sub>l</sub>‖ / ‖x<sub>0</sub>‖ (log)"), row=1, col=1)
    figure.update_yaxes(title=titled("‖∂E/∂x<sub>l</sub>‖ / ‖∂E/∂x<sub>L</sub>‖ (log)"), row=2, col=1)
    figure.update_xaxes(range=[0, len(scalars.plain.signal) - 1])
    figure.update_xaxes(title=titled("layer l"), row=2)
    _name(figure, scheme)
    return framed(figure, scheme, 420, l=66).update_layout(hovermode="x")


def card(scalars: Passages, scheme: str = "light") -> go.Figure:
    """Return the gradients through numbers alone."""
    figure = go.Figure()
    for index, passage in enumerate(_networks(scalars)):
        line = {"color": COLOURS[index], "width": 3}
        figure.add_scatter(y=np.log10(passage.gradient), mode="lines", line=line)
    return bare(figure, scheme)


def _networks(one: Passages) -> tuple[Passage, Passage, Passage]:
    return one.plain, one.residual, one.highway


def _reach(values: Array) -> float:
    return float(np.abs(np.log10(values[values > 0])).max())


def _line(figure: go.Figure, index: int, values: Array, row: int, column: int) -> None:
    width = 3 if index == 2 else 2
    figure.add_scatter(
        x=np.arange(len(values)), y=np.where(values > 0, values, np.nan), mode="lines", name=NAMES[index],
        line={"color": COLOURS[index], "width": width}, hovertemplate="%{y:.3g}", row=row, col=column,
    )  # fmt: skip


def _name(figure: go.Figure, scheme: str) -> None:
    """Write the networks' names into the first panel, in their colours, clear of the lines, which start at 1."""
    for index, text in enumerate(NAMES):
        name_line(
            figure, text, index, scheme, xref="x domain", yref="y domain", x=0.13 + 0.14 * index, y=0.02, yanchor="bottom"
        )  # fmt: skip
