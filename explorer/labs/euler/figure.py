"""Points through the layers of a residual and of an implicit network, and the stability region of both."""

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from explorer.drawing.axes import bare, framed, reach, titled
from explorer.drawing.palette import COLOURS, INK
from explorer.drawing.theme import FAINT, SMALL
from explorer.labs import Array
from explorer.labs.euler.compute import Journey, Side

SIDE = 3.2
"""Half the side of the plane that is drawn."""
LINES = (COLOURS[1], COLOURS[2])
"""B, the residual network, and C, the implicit one."""
FAR = 60.0
"""Where lines are cut off."""


def euler(sides: tuple[Side, Side], h: float, scheme: str = "light") -> go.Figure:
    """Return three panels: forward Euler (B) and backward Euler (C) in the plane, and hλ in the stability regions.

    In the plane the thin grey lines are the field's own. Right: a forward step shrinks inside the vermillion disc, a
    backward step outside the green one.
    """
    titles = ["B residual: forward Euler", "C implicit: backward Euler", "hλ: where a step shrinks"]
    figure = make_subplots(rows=1, cols=3, horizontal_spacing=0.06, subplot_titles=titles)
    for column, side in enumerate(sides, start=1):
        _trajectories(figure, side, column, scheme)
        _square(figure, _half_side(sides), column, ("x₁", "x₂"))
    _regions(figure, sides, h, scheme)
    return framed(figure, scheme, 360, l=44)


def card(journey: Journey, scheme: str = "light") -> go.Figure:
    """Return the trajectories alone."""
    figure = go.Figure()
    across, up = _joined(journey.places)
    figure.add_scatter(x=across, y=up, mode="lines", line={"color": LINES[0], "width": 2})
    return bare(figure, scheme).update_yaxes(scaleanchor="x")


def _trajectories(figure: go.Figure, side: Side, column: int, scheme: str) -> None:
    across, up = _joined(side.truth)
    grey = {"color": FAINT[scheme], "width": 2}
    figure.add_scatter(x=across, y=up, mode="lines", line=grey, hoverinfo="skip", row=1, col=column)
    across, up = _joined(side.journey.places)
    line = {"color": LINES[column - 1], "width": 1.2}
    figure.add_scatter(
        x=across, y=up, mode="lines+markers", line=line, marker={"size": 3.5}, row=1, col=column,
        hovertemplate="(%{x:.3g}, %{y:.3g})<extra></extra>",
    )  # fmt: skip
    symbols = ["circle-open" if label else "circle" for label in side.labels or [0] * side.journey.places.shape[1]]
    for words, ends, size in (("start", side.journey.places[0], 5), ("last layer", side.journey.places[-1], 8)):
        figure.add_scatter(
            x=ends[:, 0], y=ends[:, 1], mode="markers", row=1, col=column, hovertemplate=f"{words}<extra></extra>",
            marker={"size": size, "symbol": symbols, "color": INK[scheme]},
        )  # fmt: skip


def _half_side(sides: tuple[Side, Side]) -> float:
    """Return how much of the plane is drawn: a fixed piece, or for classes what holds all their points."""
    if not any(one.labels for one in sides):
        return SIDE
    return 1.05 * reach(max(float(np.nanmax(np.abs(one.journey.places), initial=1.0)) for one in sides))


def _joined(places: Array) -> tuple[Array, Array]:
    """Return all trajectories as one line with gaps; what lies far outside the frame is cut off."""
    near = np.where(np.abs(places).max(axis=2, keepdims=True) < FAR, places, np.nan)
    gaps = np.full((1, *places.shape[1:]), np.nan)
    told = np.concatenate([near, gaps]).transpose(1, 0, 2).reshape(-1, 2)
    return told[:, 0].astype(np.float32), told[:, 1].astype(np.float32)


def _regions(figure: go.Figure, sides: tuple[Side, Side], h: float, scheme: str) -> None:
    side = max(2.6, 1.1 * reach(h * max(float(np.abs(one.values).max()) for one in sides)))
    angles = np.linspace(0, 2 * np.pi, 121)
    for centre, colour, fill in ((-1, LINES[0], "toself"), (1, LINES[1], None)):
        figure.add_scatter(
            x=centre + np.cos(angles), y=np.sin(angles), mode="lines", fill=fill, fillcolor="rgba(213,94,0,0.18)",
            line={"color": colour, "width": 2}, hoverinfo="skip", row=1, col=3,
        )  # fmt: skip
    same = np.array_equal(sides[0].values, sides[1].values)
    for index, one in enumerate(sides[:1] if same else sides):
        colour = INK[scheme] if same else LINES[index]
        figure.add_scatter(
            x=h * one.values[:, 0], y=h * one.values[:, 1], mode="markers", row=1, col=3,
            marker={"symbol": "x", "size": 9 if same else 4, "color": colour},
            hovertemplate="hλ = %{x:.3g} + %{y:.3g}i<extra></extra>",
        )  # fmt: skip
    words = (("forward: inside", -1), ("backward: outside", 1)) if side < 5 else ()
    for text, place in words:
        figure.add_annotation(
            text=text, x=place, y=1.05, showarrow=False, yanchor="bottom", xref="x3", yref="y3", font={"size": SMALL}
        )
    _square(figure, side, 3, ("real part of hλ", "imaginary part of hλ"))


def _square(figure: go.Figure, side: float, column: int, names: tuple[str, str]) -> None:
    anchor = "x" if column == 1 else f"x{column}"
    figure.update_xaxes(range=[-side, side], title=titled(names[0]), constrain="domain", col=column)
    figure.update_yaxes(range=[-side, side], title=titled(names[1]), scaleanchor=anchor, constrain="domain", col=column)
