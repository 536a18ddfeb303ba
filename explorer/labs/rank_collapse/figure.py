"""How far tokens are from being all the same, layer by layer, and the gradients of pre-norm and post-norm blocks."""

from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from explorer.drawing.axes import bare, framed, log_axis, name_line, titled
from explorer.drawing.palette import COLOURS, ink
from explorer.drawing.theme import SMALL
from explorer.labs import Array
from explorer.labs.rank_collapse.compute import ROUNDING, Trace

FLOOR = -16
"""Power of ten at the lower edge."""


@dataclass(frozen=True)
class Networks:
    """What is compared, all from one draw of tokens and weights."""

    alone: Array
    """Distances of attention alone, without shortcuts."""
    plain_mlp: Trace
    """With an MLP, without shortcuts."""
    joined: Trace
    """Attention alone, with shortcuts."""
    pre: Trace
    """Attention and MLP, both with shortcuts, norm before them."""
    post: Trace
    """The same, norm after every sum."""


def rank_collapse(networks: Networks, scheme: str = "light") -> go.Figure:
    """Return two panels over the layers: the distances of all five, and the gradient norms of pre- and post-norm.

    Without shortcuts is A's blue, with them B's vermillion, and C's green where the norm comes after the sum; dashed
    lines have MLPs. Distances that only rounding made are left out.
    """
    titles = ["distance of the tokens from rank one", "gradient norm of each layer, before training"]
    figure = make_subplots(rows=1, cols=2, horizontal_spacing=0.08, subplot_titles=titles)
    for name, values, index, dash in (
        ("attention alone", networks.alone, 0, "solid"),
        ("attention and MLP", networks.plain_mlp.distances, 0, "dash"),
        ("shortcuts, attention alone", networks.joined.distances, 1, "solid"),
        ("shortcuts, MLP, pre-norm", networks.pre.distances, 1, "dash"),
        ("shortcuts, MLP, post-norm", networks.post.distances, 2, "dash"),
    ):
        least = 0.0 if name == "attention alone" else ROUNDING
        shown = np.where(values > least, values, np.nan)
        _line(figure, name, 0, shown, index, dash, 1)
    for name, one, index in (("pre-norm", networks.pre, 1), ("post-norm", networks.post, 2)):
        _line(figure, name, 1, one.gradients, index, "dash", 2)
    _axes(figure, networks)
    _legend(figure, scheme)
    return framed(figure, scheme, 360, l=62).update_layout(hovermode="x")


def card(networks: Networks, scheme: str = "light") -> go.Figure:
    """Return the distances with and without shortcuts alone."""
    figure = go.Figure()
    for index, values in enumerate((networks.alone, networks.joined.distances)):
        kept = np.log10(values[values > 10.0**FLOOR])
        figure.add_scatter(y=kept, mode="lines", line={"color": COLOURS[index], "width": 3})
    return bare(figure, scheme)


def _axes(figure: go.Figure, networks: Networks) -> None:
    layers = len(networks.alone) - 1
    gradients = np.log10(np.concatenate([networks.pre.gradients, networks.post.gradients]))
    span = [int(np.floor(gradients.min())), int(np.ceil(gradients.max()))]
    figure.update_xaxes(range=[0, layers + 0.3], title=titled("layer"))
    figure.update_yaxes(log_axis([FLOOR, 1]), title=titled("‖X − 1x̄ᵀ‖ / ‖X‖ (a ratio, log)"), col=1)
    figure.update_yaxes(log_axis(span), title=titled("‖∂E/∂W₂‖ (log)"), col=2)


def _line(
    figure: go.Figure, name: str, first: int, y: Array, index: int, dash: str, column: int
) -> None:  # fmt: skip
    figure.add_scatter(
        x=list(range(first, first + len(y))), y=y, mode="lines+markers", name=name,
        line={"color": COLOURS[index], "width": 2, "dash": dash},
        marker={"size": 5}, hovertemplate="%{y:.3g}", row=1, col=column,
    )  # fmt: skip


def _legend(figure: go.Figure, scheme: str) -> None:
    """Write what the lines are where attention alone has long left the panel."""
    words = (
        ("without shortcuts: attention ——, and MLP - - -", ink(0, scheme)),
        ("with shortcuts: attention ——, pre-norm with MLP - - -", ink(1, scheme)),
        ("with shortcuts: post-norm with MLP - - -", ink(2, scheme)),
    )
    for place, (text, colour) in enumerate(words):
        figure.add_annotation(
            text=text, xref="x domain", yref="y domain", x=0.99, y=0.24 - 0.08 * place, showarrow=False, xanchor="right",
            font={"size": SMALL + 1, "color": colour},
        )  # fmt: skip
    for index, text in ((1, "B pre-norm"), (2, "C post-norm")):
        name_line(figure, text, index, scheme, xref="x2 domain", yref="y2 domain", x=0.99, y=0.08 * (3 - index))
