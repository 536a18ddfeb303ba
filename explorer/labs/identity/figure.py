"""How well a plain stack and its residual twin learn to return what they are given."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from explorer.drawing.axes import bare, framed, log_axis, name_line, titled
from explorer.drawing.palette import COLOURS, INK
from explorer.labs import Array
from explorer.labs.identity.result import IdentityLearned

NAMES = ("A plain", "B residual")
SPAN, WIDE = [-8, 4], [-8, 14]
"""Powers of ten that the errors' axis shows, and shows where a deep stack starts beyond them."""


def identity(results: Sequence[IdentityLearned], scheme: str = "light") -> go.Figure:
    """Return three panels: error over training, and output against input before and after; plain is A, residual B.

    The dotted line is the identity; an error of exactly 0 has no point on the log axis.
    """
    titles = ["error while they learn", "before training", "after training"]
    figure = make_subplots(rows=1, cols=3, horizontal_spacing=0.06, subplot_titles=titles)
    for one in results:
        index = int(one.shortcut)
        style = {"mode": "lines", "name": NAMES[index], "line": {"color": COLOURS[index], "width": 2.5}}
        figure.add_scatter(y=[value or None for value in one.errors], hovertemplate="%{y:.3g}", **style, row=1, col=1)
        for column, values in ((2, one.before), (3, one.after)):
            figure.add_scatter(
                x=list(one.inputs), y=list(values), hovertemplate="%{y:.3g}", **style, row=1, col=column
            )  # fmt: skip
    side, most = max(results[0].inputs), max((max(one.errors, default=0.0) for one in results), default=0.0)
    for column in (2, 3):
        dots = {"color": INK[scheme], "width": 1.5, "dash": "dot"}
        figure.add_scatter(x=[-side, side], y=[-side, side], mode="lines", line=dots, hoverinfo="skip", row=1, col=column)
        figure.update_xaxes(range=[-side, side], title=titled("given (first number)"), col=column)
        figure.update_yaxes(range=[-1.6 * side, 1.6 * side], col=column)
    figure.update_yaxes(title=titled("returned"), col=2)
    figure.update_yaxes(log_axis(WIDE if most > 10.0 ** SPAN[1] else SPAN), title=titled("mean square error (log)"), col=1)
    figure.update_xaxes(range=[0, 400], title=titled("step"), col=1)
    for index, text in enumerate(NAMES):
        name_line(
            figure, text, index, scheme, xref="x domain", yref="y domain", x=0.99, y=0.99 - 0.08 * index, yanchor="top"
        )  # fmt: skip
    return framed(figure, scheme, 350, l=62).update_layout(hovermode="x")


def card(x: Array, layers: Sequence[Array], scheme: str = "light") -> go.Figure:
    """Return what random relu stacks of growing depth make of a line, beside the line itself."""
    figure = go.Figure()
    for place, values in enumerate(layers):
        line = {"color": COLOURS[0], "width": 2}
        figure.add_scatter(x=x, y=values, mode="lines", line=line, opacity=1 - 0.25 * place)
    figure.add_scatter(x=x, y=np.asarray(x), mode="lines", line={"color": COLOURS[1], "width": 3})
    return bare(figure, scheme)
