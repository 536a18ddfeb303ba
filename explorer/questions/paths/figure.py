"""Paths of each length: how many there are, what one of them carries, and both together."""

from collections.abc import Sequence

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from explorer.drawing.palette import COLOURS, LETTERS
from explorer.drawing.theme import SMALL, template
from explorer.questions.paths.result import Paths

SHOWN = 1e-6
"""Means of single paths this far below the largest are left out: they would only stretch the axis."""


def path_lengths(results: Sequence[Paths], scheme: str = "light") -> go.Figure:
    """Return three panels against the length: number of paths, gradient norm along one (log), and their product.

    Bars of one standard error; the dotted line is the norm of the exact sum along all paths of a length. The last
    panel shows shares of each network's own sum, in percent, for networks differ in the size of their gradients.
    """
    titles = ["number of paths", "gradient along one path", "number × one path, % of all"]
    figure = make_subplots(rows=1, cols=3, subplot_titles=titles, horizontal_spacing=0.07)
    for index, one in enumerate(results):
        style = {"line": {"color": COLOURS[index], "width": 2}, "marker": {"size": 5}, "mode": "lines+markers"}
        lengths, most = list(range(len(one.counts))), max(one.single)
        figure.add_scatter(
            x=lengths, y=[float(count) or None for count in one.counts], name=LETTERS[index], **style,
            hovertemplate="%{y:.3s} paths", row=1, col=1,
        )  # fmt: skip
        kept = [norm if norm > SHOWN * most else None for norm in one.single]
        bars = {"array": list(one.error), "thickness": 1, "width": 2}
        figure.add_scatter(x=lengths, y=kept, error_y=bars, name=LETTERS[index], **style, hovertemplate="%{y:.3g}", row=1, col=2)
        for values, dash in ((one.product, "solid"), (one.together, "dot")):
            whole = sum(values)
            shares = [100 * value / whole if count and whole else None for value, count in zip(values, one.counts, strict=True)]
            line = {"color": COLOURS[index], "width": 2, "dash": dash}
            figure.add_scatter(
                x=lengths, y=shares, name=LETTERS[index] + (" added exactly" if dash == "dot" else ""),
                mode="lines+markers" if dash == "solid" else "lines", line=line, marker={"size": 5},
                hovertemplate="%{y:.3g} %", row=1, col=3,
            )  # fmt: skip
    figure.update_yaxes(type="log", exponentformat="power", nticks=6, col=1)
    figure.update_yaxes(type="log", exponentformat="power", nticks=6, col=2)
    figure.update_yaxes(rangemode="tozero", col=3)
    figure.update_yaxes(tickfont={"size": SMALL}, fixedrange=True)
    small = {"text": "branches on the path", "font": {"size": SMALL}, "standoff": 4}
    figure.update_xaxes(title=small, tickfont={"size": SMALL}, fixedrange=True)
    figure.update_annotations(font={"size": SMALL + 2})
    margin = {"l": 46, "r": 8, "t": 28, "b": 38}
    figure.update_layout(template=template(scheme), showlegend=False, hovermode="x", height=360, margin=margin)
    return figure
