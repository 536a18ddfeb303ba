"""Time against multiply-adds, both on log axes: on a straight line, FLOPs would be speed."""

from collections.abc import Sequence
from math import log10
from statistics import median

import plotly.graph_objects as go

from explorer.drawing.theme import FAINT, SMALL, template
from explorer.questions.speed.result import Speed, slowest

FORWARD, TRAINING = "#56B4E9", "#E69F00"
"""Okabe and Ito's next two colours: A and B are networks, these are not."""


def time_against_macs(results: Sequence[Speed], scheme: str = "light") -> go.Figure:
    """Return seconds a picture against multiply-adds a picture, forward and training; the lines are the median rates."""
    figure = go.Figure()
    for name, colour, symbol, seconds in (
        ("training step", TRAINING, "square", [one.training for one in results]),
        ("forward", FORWARD, "circle", [one.forward for one in results]),
    ):
        rate = median(one.macs / taken for one, taken in zip(results, seconds, strict=True))
        ends = [min(one.macs for one in results), max(one.macs for one in results)]
        figure.add_scatter(
            x=ends, y=[macs / rate for macs in ends], mode="lines", hoverinfo="skip", showlegend=False,
            line={"color": colour, "width": 1, "dash": "dot"},
        )  # fmt: skip
        figure.add_scatter(
            x=[one.macs for one in results], y=seconds, mode="markers", name=name, text=[one.title for one in results],
            marker={"color": colour, "size": 11, "symbol": symbol},
            hovertemplate="%{text}<br>%{x:.3s} multiply-adds<br>%{y:.3s}s a picture<extra></extra>",
        )  # fmt: skip
    _name(figure, results)
    small = {"tickfont": {"size": SMALL}, "fixedrange": True, "type": "log", "gridcolor": FAINT[scheme], "dtick": 1}
    figure.update_xaxes(title=_title("multiply-adds a picture"), **small, tickformat=".0s")
    figure.update_yaxes(title=_title("seconds a picture"), **small, exponentformat="power")
    legend = {"x": 0.01, "y": 0.99, "bgcolor": "rgba(0,0,0,0)"}
    margin = {"l": 60, "r": 20, "t": 10, "b": 44}
    figure.update_layout(template=template(scheme), legend=legend, height=430, margin=margin)
    return figure


def _name(figure: go.Figure, results: Sequence[Speed]) -> None:
    """Write names under the ends of the ladder and the slowest; the others tell theirs when pointed at."""
    ends = (min(results, key=lambda one: one.macs), max(results, key=lambda one: one.macs), slowest(results))
    for one in dict.fromkeys(ends):
        figure.add_annotation(
            text=one.title, x=log10(one.macs), y=log10(one.forward), showarrow=False, yshift=-16, font={"size": SMALL},
            xanchor="right" if one is ends[1] else "left",
        )  # fmt: skip


def _title(text: str) -> dict[str, object]:
    return {"text": text, "font": {"size": SMALL + 1}}
