"""A residual block in the plane, its gradient's two terms as arrows, and their sizes against the branch's strength."""

from typing import Any

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from explorer.drawing.axes import bare, framed, mark, reach, titled
from explorer.drawing.palette import COLOURS, INK, ink
from explorer.drawing.theme import FAINT, SMALL
from explorer.labs import Array
from explorer.labs.strength.compute import Terms, h

SIDE = 4.0
"""Half the side of the plane that is drawn."""
STYLES = {"over the shortcut": "dot", "through the branch": "solid"}


def strength(
    x: Array, t: Array, alpha: float, terms: Terms, sweep: tuple[Array, Array], autograd: Array | None = None,
    scheme: str = "light",
) -> go.Figure:  # fmt: skip
    """Return three panels: the plane with αh as faint strokes; the terms, head to tail; their norms against α.

    `sweep` is the values of α and the norms 3 × N of `explorer.labs.strength.compute.sizes`. The gradient is vermillion, as all
    of the residual network's; of its terms the shortcut's is dotted, the branch's solid; `autograd`'s is a circle.
    """
    titles = ["the plane: x goes to y, t is wanted", "the gradient by x", "sizes, for any α"]
    figure = make_subplots(rows=1, cols=3, horizontal_spacing=0.075, subplot_titles=titles)
    _plane(figure, x, t, alpha, terms.y, scheme)
    _arrows(figure, terms, autograd, scheme)
    _sizes(figure, sweep, alpha, scheme)
    return framed(figure, scheme, 340, l=44)


def card(terms: Terms, scheme: str = "light") -> go.Figure:
    """Return the arrows alone."""
    figure = go.Figure()
    _arrow(figure, np.zeros(2), terms.shortcut, {"color": INK[scheme], "dash": "dot", "width": 2})
    _arrow(figure, terms.shortcut, terms.together, {"color": INK[scheme], "width": 2})
    _arrow(figure, np.zeros(2), terms.together, {"color": COLOURS[1], "width": 3})
    return bare(figure, scheme).update_yaxes(scaleanchor="x")


def _plane(figure: go.Figure, x: Array, t: Array, alpha: float, y: Array, scheme: str) -> None:
    marks = np.linspace(-SIDE, SIDE, 13)
    points = np.array([[one, other] for one in marks for other in marks])
    ends = points + 0.3 * alpha * h(points)
    across, up = _strokes(points, ends)
    figure.add_scatter(
        x=across, y=up, mode="lines", line={"color": FAINT[scheme], "width": 2}, hoverinfo="skip", row=1, col=1
    )  # fmt: skip
    _arrow(figure, x, y, {"color": COLOURS[1], "width": 3}, row=1, col=1)
    for name, place, symbol in (("x", x, "circle"), ("y", y, "circle"), ("t", t, "x")):
        colour = COLOURS[1] if name == "y" else INK[scheme]
        figure.add_scatter(
            x=place[:1], y=place[1:], mode="markers+text", text=name, row=1, col=1,
            textposition="middle right" if name == "y" else "middle left",
            textfont={"size": SMALL + 3}, marker={"color": colour, "size": 9, "symbol": symbol},
            hovertemplate=f"{name} (%{{x:.3g}}, %{{y:.3g}})<extra></extra>",
        )  # fmt: skip
    _square(figure, SIDE, 1, ("x₁", "x₂"))


def _strokes(starts: Array, ends: Array) -> tuple[Array, Array]:
    gaps = np.full(len(starts), np.nan)
    told = np.stack([starts, ends, np.stack([gaps, gaps], axis=1)], axis=1).reshape(-1, 2)
    return told[:, 0], told[:, 1]


def _arrows(figure: go.Figure, terms: Terms, autograd: Array | None, scheme: str) -> None:
    parts = ((np.zeros(2), terms.shortcut), (terms.shortcut, terms.together))
    for (name, dash), (start, end) in zip(STYLES.items(), parts, strict=True):
        _arrow(figure, start, end, {"color": INK[scheme], "dash": dash, "width": 2}, name, row=1, col=2)
    _arrow(figure, np.zeros(2), terms.together, {"color": COLOURS[1], "width": 3}, "gradient", row=1, col=2)
    if autograd is not None:
        figure.add_scatter(
            x=autograd[:1], y=autograd[1:], mode="markers", row=1, col=2,
            marker={"symbol": "circle-open", "size": 15, "color": COLOURS[1], "line": {"width": 2}},
            hovertemplate="autograd (%{x:.3g}, %{y:.3g})<extra></extra>",
        )  # fmt: skip
    most = float(np.abs([terms.shortcut, terms.together]).max())
    _square(figure, 1.15 * reach(most), 2, ("∂L/∂x₁", "∂L/∂x₂"))


def _arrow(
    figure: go.Figure, start: Array, end: Array, line: dict[str, Any], name: str = "", **where: int
) -> None:  # fmt: skip
    figure.add_scatter(
        x=[start[0], end[0]], y=[start[1], end[1]], mode="lines+markers", name=name, line=line,
        marker={"symbol": ["circle", "arrow"], "size": [1, 12], "angleref": "previous", "color": line["color"], "opacity": 1},
        hovertemplate=f"{name}<extra></extra>" if name else None, hoverinfo=None if name else "skip", **where,
    )  # fmt: skip


def _square(figure: go.Figure, side: float, column: int, names: tuple[str, str]) -> None:
    anchor = "x" if column == 1 else f"x{column}"
    figure.update_xaxes(range=[-side, side], title=titled(names[0]), constrain="domain", col=column)
    figure.update_yaxes(range=[-side, side], title=titled(names[1]), scaleanchor=anchor, constrain="domain", col=column)


def _sizes(figure: go.Figure, sweep: tuple[Array, Array], alpha: float, scheme: str) -> None:
    alphas, norms = sweep
    looks: list[dict[str, Any]] = [{"color": INK[scheme], "dash": dash, "width": 2} for dash in STYLES.values()]
    for name, line, values in zip((*STYLES, "gradient"), (*looks, {"color": COLOURS[1], "width": 3}), norms, strict=True):
        figure.add_scatter(
            x=alphas, y=values, mode="lines", name=name, line=line, hovertemplate="%{y:.3g}", row=1, col=3
        )  # fmt: skip
    most = reach(float(norms.max()))
    figure.update_yaxes(range=[0, 1.02 * most], title=titled("norm"), col=3)
    figure.update_xaxes(range=[alphas[0], alphas[-1]], title=titled("α"), hoverformat=".2f", col=3)
    mark(figure, alpha, scheme, row=1, col=3)
    words = ("······ over the shortcut", "—— through the branch", "—— gradient, their sum")
    for place, text in enumerate(words):
        colour = ink(1, scheme) if place == 2 else INK[scheme]
        figure.add_annotation(
            text=text, xref="x3 domain", yref="y3 domain", x=0.03, y=0.99 - 0.08 * place, showarrow=False,
            xanchor="left", font={"size": SMALL, "color": colour},
        )  # fmt: skip
