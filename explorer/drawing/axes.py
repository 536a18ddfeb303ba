"""What the labs' figures share: axis titles, fixed frames, names beside lines, and the small picture of a card."""

from typing import Any

import plotly.graph_objects as go

from explorer.drawing.palette import INK, ink
from explorer.drawing.theme import SMALL, template

CARD = 130
"""Screen pixels of a card's picture, whatever it shows."""
STEPS = (1, 2, 3, 5, 7, 10, 20, 40, 80, 160, 320)


def framed(figure: go.Figure, scheme: str, height: int, **margin: int) -> go.Figure:
    """Return the figure in the app's look, of a fixed height, without legend and zoom."""
    figure.update_xaxes(tickfont={"size": SMALL}, fixedrange=True)
    figure.update_yaxes(tickfont={"size": SMALL}, fixedrange=True)
    figure.update_annotations(font={"size": SMALL + 2}, selector={"yref": "paper"})
    edges = {"l": 56, "r": 12, "t": 26, "b": 40, **margin}
    return figure.update_layout(template=template(scheme), showlegend=False, height=height, margin=edges)


def titled(text: str) -> dict[str, Any]:
    """Return an axis title."""
    return {"text": text, "font": {"size": SMALL + 1}, "standoff": 4}


def powers(most: float) -> list[int]:
    """Return the range of a log axis, 10^−n to 10^n, that holds |log10| up to `most`; n grows by doubling or so."""
    size = reach(most)
    return [-size, size]


def reach(most: float) -> int:
    """Return the smallest of a few round numbers that is not below `most`, so that an axis stands still mostly."""
    return next((step for step in STEPS if step >= most), STEPS[-1])


def log_axis(span: list[int], ticks: int = 8) -> dict[str, Any]:
    """Return a log axis from 10^span[0] to 10^span[1] with about so many ticks."""
    step = max(1, round((span[1] - span[0]) / ticks))
    return {"type": "log", "range": span, "dtick": step, "exponentformat": "power"}


def name_line(figure: go.Figure, text: str, index: int, scheme: str, **place: Any) -> None:
    """Write a network's name in its colour; `place` is where: x, y (a power of ten on a log axis), anchors, shifts."""
    figure.add_annotation(
        text=text, showarrow=False, font={"size": SMALL + 1, "color": ink(index, scheme)}, xanchor="right", **place
    )  # fmt: skip


def mark(figure: go.Figure, x: float, scheme: str, **where: Any) -> None:
    """Draw where a slider stands: a thin upright line."""
    figure.add_vline(x=x, line={"width": 1, "color": INK[scheme], "dash": "dot"}, **where)


def bare(figure: go.Figure, scheme: str) -> go.Figure:
    """Return a figure as a card's picture: no axes, no words, small."""
    figure.update_xaxes(visible=False, fixedrange=True)
    figure.update_yaxes(visible=False, fixedrange=True)
    edges = {"l": 4, "r": 4, "t": 4, "b": 4}
    return figure.update_layout(template=template(scheme), showlegend=False, hovermode=False, height=CARD, margin=edges)
