"""Error after blocks were taken away: one bar a block, and curves against how many."""

from collections.abc import Sequence
from statistics import mean
from typing import Any

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from explorer.drawing.palette import COLOURS
from explorer.drawing.theme import SMALL, letter, template
from explorer.questions.lesion.result import LesionResult

ROW = 86
"""Screen pixels of one network's row of bars."""


def single_bars(results: Sequence[LesionResult], scheme: str = "light") -> go.Figure:
    """Return one row of bars a network, network A first: the error without each block; a dashed line is the intact one.

    A block that cannot be bypassed, since its shapes differ, is a cross on that line.
    """
    rows = len(results)
    figure = make_subplots(rows=rows, cols=1, vertical_spacing=0.2 / rows)
    longest = max(len(result.lesions) for result in results)
    for row, result in enumerate(results, start=1):
        places = range(1, len(result.lesions) + 1)
        errors = [100 * values[0] if values else None for values in result.errors]
        bars: dict[str, Any] = {
            "x": list(places), "y": errors, "marker_color": COLOURS[row - 1], "customdata": result.lesions,
            "hovertemplate": "without %{customdata}: %{y:.3g} % wrong<extra></extra>",
        }  # fmt: skip
        figure.add_bar(**bars, row=row, col=1)
        stuck = [place for place, error in zip(places, errors, strict=True) if error is None]
        figure.add_scatter(
            x=stuck, y=[100 * result.intact] * len(stuck), mode="markers", row=row, col=1,
            marker={"symbol": "x-thin", "size": 8, "line": {"width": 2, "color": COLOURS[row - 1]}},
            customdata=[result.lesions[place - 1] for place in stuck],
            hovertemplate="%{customdata} changes shapes: it cannot be bypassed<extra></extra>",
        )  # fmt: skip
        figure.add_hline(y=100 * result.intact, line={"width": 1, "dash": "dash", "color": COLOURS[row - 1]}, row=row)
        figure.update_yaxes(title_text=letter(row - 1, scheme), title_standoff=4, row=row, col=1)
    figure.update_yaxes(range=[0, 100], tickvals=[0, 50, 100], fixedrange=True, tickfont={"size": SMALL})
    figure.update_xaxes(range=[0.5, longest + 0.5], fixedrange=True, tickfont={"size": SMALL}, showticklabels=False)
    figure.update_xaxes(
        showticklabels=True, title={"text": "block, first to last", "font": {"size": SMALL}, "standoff": 4}, row=rows, col=1
    )
    margin = {"l": 52, "r": 8, "t": 6, "b": 38}
    figure.update_layout(template=template(scheme), showlegend=False, bargap=0.15, height=rows * ROW + 44, margin=margin)
    return figure


def count_curves(results: Sequence[LesionResult], axis: str, scheme: str = "light") -> go.Figure:
    """Return the error against how many blocks were drawn: the mean over draws, and all of them as a pale band."""
    figure = go.Figure()
    for index, result in enumerate(results):
        drawn = [(int(name), values) for name, values in zip(result.lesions, result.errors, strict=True) if values]
        counts = [0, *(count for count, _ in drawn)]
        draws = [(result.intact,), *(values for _, values in drawn)]
        colour = COLOURS[index]
        band = [100 * max(values) for values in draws] + [100 * min(values) for values in reversed(draws)]
        figure.add_scatter(
            x=counts + counts[::-1], y=band, fill="toself", mode="none", fillcolor=colour, opacity=0.18, hoverinfo="skip"
        )
        figure.add_scatter(
            x=counts, y=[100 * mean(values) for values in draws], mode="lines+markers", name="ABCD"[index],
            line={"color": colour, "width": 2}, marker={"size": 5}, hovertemplate="%{y:.3g} %",
        )  # fmt: skip
    small = {"font": {"size": SMALL}, "standoff": 4}
    figure.update_yaxes(range=[0, 100], title={"text": "test error / %", **small}, fixedrange=True, tickfont={"size": SMALL})
    figure.update_xaxes(title={"text": axis, **small}, rangemode="tozero", fixedrange=True, tickfont={"size": SMALL})
    margin = {"l": 46, "r": 8, "t": 6, "b": 38}
    figure.update_layout(template=template(scheme), showlegend=False, hovermode="x unified", height=200, margin=margin)
    return figure
