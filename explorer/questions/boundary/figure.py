"""Both sides of a shortcut where shapes change: the channels it reads, and those it hands on."""

import math

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from explorer.drawing.theme import SEQUENTIAL, SMALL, template
from explorer.questions.boundary.result import Boundary, Channels

DIVERGING = "PRGn"
HEIGHT = 250
Mosaic = npt.NDArray[np.float64]


def both_sides(one: Boundary, scheme: str = "light") -> go.Figure:
    """Return two mosaics of channels, first channel first: x, and what the shortcut carries, on one scale.

    In x, what the shortcut's stride passes over is pale. Of what is carried, channels that are zero everywhere are crossed out.
    """
    carried = one.carried or ()
    size = HEIGHT / 1.3
    titles = [f"x: {_shape(one.incoming, one.incoming_channels)}"]
    titles += [f"over the shortcut: {_shape(carried, one.carried_channels)}"] if carried else ["no shortcut"]
    figure = make_subplots(rows=1, cols=2, horizontal_spacing=0.04, subplot_titles=titles)
    values = np.concatenate([np.ravel(side) for side in (one.incoming, carried) if side])
    most = float(np.abs(values).max()) or 1.0
    signed = bool(values.min() < 0)
    for column, side in enumerate((one.incoming, carried), start=1):
        if not side:
            continue
        figure.add_heatmap(z=mosaic(side), coloraxis="coloraxis", hovertemplate="%{z:.3g}<extra></extra>", row=1, col=column)
    if carried and one.stride > 1:
        figure.add_heatmap(
            z=mosaic(passed_over(one.incoming, one.stride), gap=0.0), zmin=0, zmax=1, showscale=False, hoverinfo="skip",
            colorscale=[[0, "rgba(0,0,0,0)"], [1, "rgba(255,255,255,0.72)" if scheme == "light" else "rgba(20,20,20,0.72)"]],
            row=1, col=1,
        )  # fmt: skip
    if carried:
        _cross_out(figure, one, carried)
    figure.update_xaxes(visible=False, fixedrange=True, constrain="domain")
    figure.update_yaxes(visible=False, fixedrange=True, autorange="reversed", constrain="domain")
    figure.update_yaxes(scaleanchor="x", col=1)
    figure.update_yaxes(scaleanchor="x2", col=2)
    bar = {"thickness": 10, "tickfont": {"size": SMALL}, "outlinewidth": 0, "nticks": 5, "len": 0.9}
    scale = {"colorscale": DIVERGING if signed else SEQUENTIAL, "cmin": -most if signed else 0, "cmax": most}
    figure.update_annotations(font={"size": SMALL + 2})
    margin = {"l": 0, "r": 0, "t": 24, "b": 4}
    figure.update_layout(
        template=template(scheme), height=size + 28, margin=margin, coloraxis={**scale, "colorbar": bar}, showlegend=False
    )
    return figure


def mosaic(channels: Channels, gap: float = math.nan) -> Mosaic:
    """Return channels side by side, twice as many columns as rows or so, one pixel of `gap` between them."""
    stack = np.asarray(channels, dtype=float)
    count, height, width = stack.shape
    columns = _columns(count)
    rows = -(-count // columns)
    page = np.full((rows * (height + 1) - 1, columns * (width + 1) - 1), gap)
    for place, channel in enumerate(stack):
        top, left = (place // columns) * (height + 1), (place % columns) * (width + 1)
        page[top : top + height, left : left + width] = channel
    return page


def passed_over(channels: Channels, stride: int) -> Channels:
    """Return 1 where a stride passes over a pixel and 0 where it looks, for every channel."""
    channel = channels[0]
    rows = tuple(
        tuple(float(bool(row % stride or column % stride)) for column in range(len(channel[0]))) for row in range(len(channel))
    )
    return (rows,) * len(channels)


def _cross_out(figure: go.Figure, one: Boundary, carried: Channels) -> None:
    height, width, columns = len(carried[0]), len(carried[0][0]), _columns(len(carried))
    x: list[float | None] = []
    y: list[float | None] = []
    for channel in one.zero_channels:
        if channel < len(carried):
            left, top = (channel % columns) * (width + 1) - 0.5, (channel // columns) * (height + 1) - 0.5
            x += [left, left + width, None, left, left + width, None]
            y += [top, top + height, None, top + height, top, None]
    line = {"width": 1, "color": "rgba(160,160,160,0.9)"}
    figure.add_scatter(x=x, y=y, mode="lines", line=line, hoverinfo="skip", row=1, col=2)


def _columns(count: int) -> int:
    return max(1, round(math.sqrt(2 * count)))


def _shape(channels: Channels, truly: int) -> str:
    words = f"{truly}×{len(channels[0])}×{len(channels[0][0])}"
    return words if truly == len(channels) else f"{words}, first {len(channels)} channels"
