"""Blocks that start at zero: the plane after every block, every block's share, and the loss, at one step of learning."""

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from explorer.figures.axes import bare, framed, log_axis, mark, reach, titled
from explorer.figures.palette import COLOURS, INK
from explorer.figures.theme import SMALL
from explorer.labs import Array
from explorer.labs.zero_start import Course, after_each, shares

CORNERS = np.array([[-1, -1], [1, -1], [1, 1], [0.2, 1.0], [0.2, 1.5], [-1, 1], [-1, -1]], dtype=float)
"""An outline that shows which way it is turned."""
LOSSES = [-8, 2]


def zero_start(course: Course, wanted: Array, step: int, scheme: str = "light") -> go.Figure:
    """Return three panels at `step`: an outline after each block, the shares of the blocks, and the losses of all steps.

    Left, pale is the input and dotted what is wanted; the last block's output is bold. A step after the end of a run
    shows its end.
    """
    step = min(step, len(course.losses) - 1)
    titles = ["an outline after each block", "each block's share of what is wanted", "loss"]
    figure = make_subplots(rows=1, cols=3, horizontal_spacing=0.07, subplot_titles=titles)
    _outlines(figure, course.weights[step], wanted, scheme)
    parts = 100 * shares(course.weights[step], wanted)
    figure.add_bar(
        x=list(range(1, len(parts) + 1)), y=parts, marker_color=COLOURS[1], row=1, col=2,
        hovertemplate="block %{x}: %{y:.3g} %<extra></extra>",
    )  # fmt: skip
    figure.add_hline(y=100 / len(parts), line={"width": 1, "dash": "dot", "color": INK[scheme]}, row=1, col=2)
    line = {"color": COLOURS[1], "width": 2.5}
    figure.add_scatter(
        y=np.where(course.losses > 0, course.losses, np.nan), mode="lines", line=line, hovertemplate="%{y:.3g}<extra></extra>",
        row=1, col=3,
    )  # fmt: skip
    mark(figure, step, scheme, row=1, col=3)
    most = max(120 / len(parts), 1.1 * float(np.abs(parts).max()))
    figure.update_xaxes(title=titled("block"), dtick=1 if len(parts) <= 8 else 2, col=2)
    low = -most if parts.min() < -0.02 * most else 0
    figure.update_yaxes(title=titled("share / %"), range=[low, most], col=2)
    figure.update_xaxes(title=titled("step"), range=[0, len(course.losses) - 1], col=3)
    figure.update_yaxes(log_axis(LOSSES), title=titled("½‖product − A‖² (log)"), col=3)
    return framed(figure, scheme, 350, l=40).update_layout(bargap=0.25)


def card(weights: Array, wanted: Array, scheme: str = "light") -> go.Figure:
    """Return the outlines alone."""
    figure = go.Figure()
    for place, product in enumerate(after_each(weights)):
        points = CORNERS @ product.T
        line = {"color": COLOURS[1] if place else INK[scheme], "width": 2}
        figure.add_scatter(
            x=points[:, 0], y=points[:, 1], mode="lines", line=line, opacity=0.3 + 0.7 * place / len(weights)
        )
    points = CORNERS @ wanted.T
    figure.add_scatter(x=points[:, 0], y=points[:, 1], mode="lines", line={"color": INK[scheme], "dash": "dot"})
    return bare(figure, scheme).update_yaxes(scaleanchor="x")


def _outlines(figure: go.Figure, weights: Array, wanted: Array, scheme: str) -> None:
    products = after_each(weights)
    for place, product in enumerate(products):
        last = place == len(products) - 1
        line = {"color": COLOURS[1] if place else INK[scheme], "width": 3 if last else 1}
        points = CORNERS @ product.T
        figure.add_scatter(
            x=points[:, 0], y=points[:, 1], mode="lines", line=line, opacity=1 if last else 0.45, row=1, col=1,
            hovertemplate=f"after block {place}<extra></extra>",
        )  # fmt: skip
    points = CORNERS @ wanted.T
    dots = {"color": INK[scheme], "width": 2, "dash": "dot"}
    figure.add_scatter(x=points[:, 0], y=points[:, 1], mode="lines", line=dots, hoverinfo="skip", row=1, col=1)
    side = 1.1 * reach(max(1.6, float(np.abs(CORNERS @ wanted.T).max())))
    figure.update_xaxes(range=[-side, side], constrain="domain", title=titled("x₁"), col=1)
    figure.update_yaxes(range=[-side, side], constrain="domain", scaleanchor="x", title=titled("x₂"), col=1)
    figure.add_annotation(
        text="dotted: wanted", xref="x domain", yref="y domain", x=0.02, y=0.01, showarrow=False, xanchor="left", yanchor="bottom",
        font={"size": SMALL},
    )  # fmt: skip
