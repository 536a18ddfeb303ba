"""Checks of attribution methods: scores with their intervals, curves over pixels, and what random weights leave."""

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from explorer.drawing.palette import COLOURS, LETTERS
from explorer.drawing.theme import SEQUENTIAL, SIZE, SMALL, letter, template
from explorer.questions.attribution.checks.result import Checked
from explorer.questions.attribution.checks.spec import Check
from explorer.questions.attribution.methods.figure import name as name_of

MASK = {
    "inside": "share inside the object", "pointing": "pointing game", "overlap": "intersection over union",
}  # fmt: skip
PANELS: Mapping[Check, Mapping[str, str]] = {
    Check.MASK: MASK,
    Check.CURVES: {"insertion": "area under insertion (high is good)", "deletion": "area under deletion (low is good)"},
    Check.FAITHFUL: {
        "infidelity": "infidelity (logit², low is good)",
        "sensitivity": "sensitivity (share of the map, low is good)",
    },
    Check.LABELS: {"labels": "rank correlation with the twin's map"},
}
"""The scores of each check, and their titles."""
_ROW = 30
"""Screen pixels of one method's row for each network."""


def overview(check: Check, results: Sequence[Sequence[Checked]], scheme: str = "light") -> go.Figure:
    """Return the picture of a whole check: its scores, or how much is left when weights are random."""
    if check is Check.WEIGHTS:
        return levels(results, scheme)
    return scores(results, PANELS[check], chance="area" if check is Check.MASK else "", scheme=scheme)


def scores(results: Sequence[Sequence[Checked]], names: Mapping[str, str], *, chance: str = "", scheme: str = "light") -> go.Figure:
    """Return one panel a score: a row a method, a dot a network with its 95 % interval.

    `results` is for each network its methods, network A first; `names` are the scores and their titles; `chance` is the
    score that a map without knowledge gets, a dashed line in the first two panels.
    """
    methods = [one.method for one in results[0]]
    figure = make_subplots(cols=len(names), rows=1, shared_yaxes=True, horizontal_spacing=0.04, subplot_titles=list(names.values()))
    for column, name in enumerate(names, start=1):
        for index, checked in enumerate(results):
            figure.add_trace(_dots(checked, name, index, len(results), first=column == 1), row=1, col=column)
        if chance and column <= 2:
            line = float(np.mean([checked[0].interval(chance).mean for checked in results]))
            figure.add_vline(x=line, line={"dash": "dash", "width": 1, "color": "grey"}, row=1, col=column)
    rows = list(range(len(methods)))
    figure.update_yaxes(tickvals=rows, ticktext=[name_of(method) for method in methods], range=[len(rows) - 0.4, -0.6])
    figure.update_xaxes(rangemode="tozero", fixedrange=True)
    figure.update_annotations(font_size=SMALL + 1)
    height = 110 + _ROW * len(methods) * max(1, len(results))
    legend = {"orientation": "h", "x": 0, "xref": "container", "y": 0.99, "yanchor": "top", "yref": "container"}
    margin = {"l": 140, "r": 8, "t": 56, "b": 30}
    figure.update_layout(template=template(scheme), height=height, margin=margin, legend=legend)
    return figure


def _dots(checked: Sequence[Checked], name: str, index: int, count: int, *, first: bool) -> go.Scatter:
    found = [one.interval(name) for one in checked]
    shift = (index - (count - 1) / 2) * 0.5 / count
    return go.Scatter(
        x=[one.mean for one in found], y=[row + shift for row in range(len(found))], mode="markers", name=LETTERS[index],
        marker={"color": COLOURS[index], "size": 9}, showlegend=first, legendgroup=LETTERS[index],
        error_x={"type": "data", "symmetric": False, "array": [one.high - one.mean for one in found],
                 "arrayminus": [one.mean - one.low for one in found], "thickness": 1.5, "width": 4},
        customdata=[
            [f"{LETTERS[index]} {name_of(one.method)}", span.low, span.high]
            for one, span in zip(checked, found, strict=True)
        ],
        hovertemplate="%{customdata[0]}: %{x:.3g} (%{customdata[1]:.3g} to %{customdata[2]:.3g})<extra></extra>",
    )  # fmt: skip


def curves(checked: Sequence[Checked], scheme: str = "light") -> go.Figure:
    """Return, for one method, the target's probability against the share of pixels inserted, and deleted."""
    figure = make_subplots(cols=2, rows=1, shared_yaxes=True, horizontal_spacing=0.05, subplot_titles=("insertion", "deletion"))
    for column, kind in enumerate(("insertion", "deletion"), start=1):
        for index, one in enumerate(checked):
            names = [name for name in one.names if name.startswith(f"{kind} ")]
            figure.add_scatter(
                x=[100 * float(name.split()[1]) for name in names], y=[one.interval(name).mean for name in names],
                name=LETTERS[index], line={"color": COLOURS[index], "width": 2}, showlegend=column == 1, row=1, col=column,
                hovertemplate=f"{LETTERS[index]}: %{{y:.3g}} at %{{x:.3g}} % of the pixels<extra></extra>",
            )  # fmt: skip
    figure.update_xaxes(title_text="pixels, most telling first (%)", range=[0, 100], fixedrange=True)
    figure.update_yaxes(range=[0, 1.02], fixedrange=True)
    figure.update_yaxes(title_text="probability of the class", col=1)
    figure.update_annotations(font_size=SMALL + 1)
    figure.update_xaxes(title_font_size=SIZE)
    figure.update_yaxes(title_font_size=SIZE)
    figure.update_layout(template=template(scheme), height=300, margin={"l": 58, "r": 8, "t": 30, "b": 44})
    return figure


def levels(results: Sequence[Sequence[Checked]], scheme: str = "light") -> go.Figure:
    """Return one table a network: a row a method, a column a part made random, from the top down; colour and number say
    how much the map's order of pixels is still that of the trained network (rank correlation)."""
    figure = make_subplots(cols=len(results), rows=1, shared_yaxes=True, horizontal_spacing=0.03,
                           subplot_titles=[letter(index, scheme) for index in range(len(results))])  # fmt: skip
    for column, checked in enumerate(results, start=1):
        values = [[one.interval(name).mean for name in one.names] for one in checked]
        cells = go.Heatmap(
            z=values, x=[_level(name) for name in checked[0].names], y=[name_of(one.method) for one in checked], zmin=0, zmax=1,
            colorscale=SEQUENTIAL, texttemplate="%{z:.2f}", showscale=False, xgap=1, ygap=1,
            hovertemplate="%{y}, %{x}: rank correlation %{z:.3f}<extra></extra>",
        )  # fmt: skip
        figure.add_trace(cells, row=1, col=column)
    figure.update_yaxes(autorange="reversed", showgrid=False)
    figure.update_xaxes(showgrid=False, tickangle=-35, tickfont={"size": SMALL})
    height = 120 + 1.3 * _ROW * len(results[0])
    figure.update_layout(template=template(scheme), height=height, margin={"l": 140, "r": 8, "t": 30, "b": 80})
    return figure


def _level(name: str) -> str:
    return "trained" if name == "trained" else f"+ {name}"
