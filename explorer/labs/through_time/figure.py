"""Gradient and state of three recurrent networks over time."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from explorer.drawing.axes import bare, framed, log_axis, name_line, powers, reach, titled
from explorer.drawing.palette import COLOURS, INK
from explorer.labs import Array
from explorer.labs.through_time.compute import SAYING_THE_MEAN, History, smoothed
from explorer.labs.through_time.spec import STEPS

NAMES = ("A recurrent", "B LSTM 1997", "C LSTM 2000")


def through_time(
    histories: Sequence[History], learned: Sequence[Array | None], scheme: str = "light"
) -> go.Figure:  # fmt: skip
    """Return three panels: how much of the gradient comes back to each step, the size of the state, and what is learned.

    `learned` is for each the mean square errors over training, or None as long as they are not known. Histories are
    recurrent (A, without shortcut), first (B, with one), forgetful (C). The scale of the gradient is that of A and B, so that
    it stands still while the gate of C moves.
    """
    titles = ["gradient on its way back", "size of the state", "learning to add two numbers"]
    figure = make_subplots(rows=1, cols=3, horizontal_spacing=0.075, subplot_titles=titles)
    for index, one in enumerate(histories):
        for column, values in ((1, np.where(one.gradient > 0, one.gradient, np.nan)), (2, one.state)):
            figure.add_scatter(
                x=list(range(len(values))), y=values, mode="lines", name=NAMES[index], hovertemplate="%{y:.3g}",
                line={"color": COLOURS[index], "width": 2.5}, row=1, col=column,
            )  # fmt: skip
        name_line(
            figure, NAMES[index], index, scheme, xref="x2 domain", yref="y2 domain", x=0.34 + 0.32 * index, y=0.99, yanchor="top"
        )  # fmt: skip
    span = powers(max(_reach(one.gradient) for one in histories[:2]))
    figure.update_yaxes(log_axis(span), title=titled("‖∂E/∂c<sub>t</sub>‖ / ‖∂E/∂c<sub>T</sub>‖ (log)"), col=1)
    most = reach(1.15 * max(float(one.state.max()) for one in histories))
    figure.update_yaxes(range=[0, most], title=titled("‖c<sub>t</sub>‖"), col=2)
    figure.update_xaxes(range=[0, len(histories[0].state) - 1], title=titled("step t"))
    _learning(figure, learned, scheme)
    return framed(figure, scheme, 360, l=62).update_layout(hovermode="x")


def _learning(figure: go.Figure, learned: Sequence[Array | None], scheme: str) -> None:
    for index, errors in enumerate(learned):
        if errors is not None:
            figure.add_scatter(
                x=list(range(len(errors))), y=smoothed(errors), mode="lines", name=NAMES[index], hovertemplate="%{y:.3g}",
                line={"color": COLOURS[index], "width": 2.5}, row=1, col=3,
            )  # fmt: skip
    line = {"width": 1, "dash": "dot", "color": INK[scheme]}
    figure.add_hline(y=SAYING_THE_MEAN, line=line, row=1, col=3)
    waiting = [NAMES[index][0] for index, errors in enumerate(learned) if errors is None]
    if waiting:
        words = f"{', '.join(waiting)}: being trained"
        figure.add_annotation(
            text=words, xref="x3 domain", yref="y3 domain", x=0.03, y=0.02, xanchor="left", yanchor="bottom", showarrow=False
        )  # fmt: skip
    figure.update_yaxes(log_axis([-3, 1]), title=titled("mean square error (log)"), col=3)
    figure.update_xaxes(range=[0, STEPS], title=titled("step of training"), col=3)


def card(histories: Sequence[History], scheme: str = "light") -> go.Figure:
    """Return the gradients alone."""
    figure = go.Figure()
    for index, one in enumerate(histories):
        line = {"color": COLOURS[index], "width": 3}
        figure.add_scatter(y=np.log10(one.gradient), mode="lines", line=line)
    return bare(figure, scheme)


def _reach(values: Array) -> float:
    return float(np.abs(np.log10(values[values > 0])).max())
