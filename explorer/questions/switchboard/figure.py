"""Gradient norms of the first step: one picture for every setting of the switches."""

import math
from collections.abc import Sequence

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from explorer.drawing.palette import COLOURS, ink
from explorer.drawing.theme import SMALL, template
from explorer.questions.switchboard.result import FirstStep
from explorer.questions.switchboard.spec import SCALES
from explorer.specs.network import Normalisation

ROWS = {Normalisation.BATCH: "batch norm", Normalisation.NONE: "no normalisation"}


def switchboard(results: Sequence[FirstStep], scheme: str = "light") -> go.Figure:
    """Return six panels: normalisation down, initial weights across; in each the plain (A) and the residual network (B).

    A line is the gradient norm of the first weighted layer against depth, the pale band goes from the smallest to the
    largest norm of any layer. The panels of a row have one log scale. What is zero or not finite has no point.
    """
    titles = [f"{words}, {scale} initial weights" for words in ROWS.values() for scale in SCALES]
    figure = make_subplots(
        rows=2, cols=3, shared_xaxes=True, shared_yaxes="rows", subplot_titles=titles, vertical_spacing=0.13,
        horizontal_spacing=0.03,
    )  # fmt: skip
    for one in results:
        row, column = list(ROWS).index(one.normalisation) + 1, list(SCALES).index(one.scale) + 1
        colour, name = (COLOURS[0], "A plain") if one.plain else (COLOURS[1], "B residual")
        kept = [place for place, low in enumerate(one.low) if low and one.high[place] is not None]
        depths = [one.depths[place] for place in kept]
        edge = [one.high[place] for place in kept] + [one.low[place] for place in reversed(kept)]
        figure.add_scatter(
            x=depths + depths[::-1], y=edge, fill="toself", mode="none", fillcolor=colour, opacity=0.16,
            hoverinfo="skip", row=row, col=column,
        )  # fmt: skip
        figure.add_scatter(
            x=list(one.depths), y=[value or None for value in one.first], name=name, mode="lines+markers",
            line={"color": colour, "width": 2}, marker={"size": 6}, hovertemplate="%{y:.3g}", row=row, col=column,
        )  # fmt: skip
    figure.update_yaxes(type="log", exponentformat="power", nticks=7, tickfont={"size": SMALL}, fixedrange=True)
    figure.update_xaxes(tickvals=list(results[0].depths), tickfont={"size": SMALL}, fixedrange=True)
    small = {"font": {"size": SMALL}, "standoff": 4}
    figure.update_yaxes(title={"text": "gradient norm, first layer", **small}, col=1)
    figure.update_xaxes(title={"text": "depth", **small}, row=2)
    figure.update_annotations(font={"size": SMALL + 2})
    _name_lines(figure, results, scheme)
    margin = {"l": 62, "r": 8, "t": 24, "b": 38}
    figure.update_layout(template=template(scheme), showlegend=False, hovermode="x", height=520, margin=margin)
    return figure


def _name_lines(figure: go.Figure, results: Sequence[FirstStep], scheme: str) -> None:
    """Write each network's name at the deepest point of its line, in the panel that has both lines far apart."""
    for one in results:
        if (one.normalisation, one.scale) == (Normalisation.NONE, "He") and one.first[-1]:
            figure.add_annotation(
                text="A plain" if one.plain else "B residual", x=one.depths[-1], y=math.log10(one.first[-1]),
                xref="x5", yref="y5", xanchor="right", yanchor="top" if one.plain else "bottom", showarrow=False,
                yshift=-6 if one.plain else 6, font={"size": SMALL + 1, "color": ink(0 if one.plain else 1, scheme)},
            )  # fmt: skip
