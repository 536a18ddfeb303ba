"""Linear networks that start at zero: both planes at one step, and over training the modes, block shares and losses."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from explorer.drawing.axes import bare, framed, log_axis, mark, name_line, titled
from explorer.drawing.palette import COLOURS, INK
from explorer.drawing.theme import SMALL
from explorer.labs import Array
from explorer.labs.zero_start.compute import Course, after_each, shares

NAMES = ("A plain", "B residual")
CORNERS = np.array([[-1, -1], [1, -1], [1, 1], [0.2, 1.0], [0.2, 1.5], [-1, 1], [-1, -1]], dtype=float)
"""An outline that shows which way it is turned."""
SIDE, TOP, LOSSES = 2.25, 2.4, [-8, 2]
WITHIN, BEYOND = [-10, 115], [-100, 250]
"""Per cent of M − I: the axis where every block adds to it, and where some blocks undo what others did."""
GAP = np.full((1, 2), np.nan)
"""Lifts the pen between two outlines of one trace."""
WIDTHS = (4.5, 2.5)
"""Of the lines of the strong and of the weak mode."""
EVERY = 3
"""Of so many steps one is drawn."""


def zero_start(course: Course, step: int, flows: Sequence[Array] = (), scheme: str = "light") -> go.Figure:
    """Return outlines after each block at `step`, and over training modes, stacked shares of B's blocks, and losses.

    An outline's pale start is the input and what is wanted is dotted; `flows` are the closed-form modes of plain and
    residual, steps × 2 each, dotted too. A step after the end of a run shows its end.
    """
    step = min(step, len(course.factors) - 1)
    modes = "modes of the product, dotted: closed form" if flows else "modes of the product"
    titles = ["A, block by block", modes, "B: blocks' shares, stacked", "B, block by block", "loss"]
    figure = make_subplots(
        rows=2, cols=3, specs=[[{}, {"rowspan": 2}, {}], [{}, None, {}]], column_widths=[0.16, 0.48, 0.36],
        horizontal_spacing=0.07, vertical_spacing=0.2, subplot_titles=titles,
    )  # fmt: skip
    for index in (0, 1):
        _outlines(figure, course.factors[step, index], course.wanted, index, scheme)
    _modes(figure, course, flows, scheme)
    _shares(figure, course)
    _losses(figure, course)
    for row, column in ((1, 2), (1, 3), (2, 3)):
        mark(figure, step, scheme, row=row, col=column)
        figure.update_xaxes(range=[0, len(course.factors) - 1], row=row, col=column)
    figure.update_xaxes(title=titled("step"), col=2)
    figure.update_xaxes(title=titled("step"), row=2, col=3)
    return framed(figure, scheme, 360, l=24)


def card(factors: Array, wanted: Array, scheme: str = "light") -> go.Figure:
    """Return one network's outlines alone."""
    figure = go.Figure()
    for place, product in enumerate(after_each(factors)):
        points = CORNERS @ product.T
        line = {"color": COLOURS[1] if place else INK[scheme], "width": 2}
        figure.add_scatter(x=points[:, 0], y=points[:, 1], mode="lines", line=line, opacity=0.3 + 0.7 * place / len(factors))
    points = CORNERS @ wanted.T
    figure.add_scatter(x=points[:, 0], y=points[:, 1], mode="lines", line={"color": INK[scheme], "dash": "dot"})
    return bare(figure, scheme).update_yaxes(scaleanchor="x")


def _steps(values: Array) -> npt.NDArray[np.integer[Any]]:
    return np.arange(len(values))[::EVERY]


def _outlines(figure: go.Figure, factors: Array, wanted: Array, index: int, scheme: str) -> None:
    where, anchor = {"row": index + 1, "col": 1}, "x4" if index else "x"
    given, *between, last = after_each(factors)
    lines = (
        ([given], {"color": INK[scheme], "width": 1}, 0.45, "given"),
        (between, {"color": COLOURS[index], "width": 1}, 0.6, "between"),
        ([last], {"color": COLOURS[index], "width": 3}, 1, "returned"),
        ([wanted], {"color": INK[scheme], "width": 1.5, "dash": "dot"}, 1, "wanted"),
    )
    for products, line, opacity, name in lines:
        points = np.concatenate([*(np.vstack([CORNERS @ one.T, GAP]) for one in products), GAP])
        figure.add_scatter(
            x=points[:, 0], y=points[:, 1], mode="lines+markers" if name == "returned" else "lines", line=line, marker_size=3,
            opacity=opacity, name=name, hoverinfo="name", **where,
        )  # fmt: skip
    figure.update_xaxes(range=[-SIDE, SIDE], dtick=2, constrain="domain", **where)
    figure.update_yaxes(range=[-SIDE, SIDE], dtick=2, constrain="domain", scaleanchor=anchor, **where)


def _modes(figure: go.Figure, course: Course, flows: Sequence[Array], scheme: str) -> None:
    for index, values in enumerate(np.moveaxis(course.modes, 1, 0)):
        for width, one, name in zip(WIDTHS, values.T, ("strong", "weak"), strict=True):
            figure.add_scatter(
                x=_steps(one), y=one[::EVERY], mode="lines", line={"color": COLOURS[index], "width": width, "simplify": False},
                name=f"{NAMES[index]}, {name}", hovertemplate="%{y:.3g}", row=1, col=2,
            )  # fmt: skip
    for one in (mode for flow in flows for mode in flow.T):
        dots = {"color": INK[scheme], "width": 1.25, "dash": "dot"}
        figure.add_scatter(x=_steps(one), y=one[::EVERY], mode="lines", line=dots, hoverinfo="skip", row=1, col=2)
    low = -1.2 if course.modes[0].min() < -0.3 else -0.3
    figure.update_yaxes(range=[low, TOP], title=titled("uᵢᵀPvᵢ"), row=1, col=2)
    for index, text in enumerate(NAMES):
        name_line(
            figure, text, index, scheme, xref="x2 domain", yref="y2", x=0.99, y=1.4, yshift=-17 * index
        )  # fmt: skip
    for text, stretch in zip(("strong", "weak"), np.linalg.svd(course.wanted)[1], strict=True):
        figure.add_annotation(
            text=f"{text}: {stretch:g}", x=1, y=stretch, xref="x2 domain", yref="y2", xanchor="right", yanchor="bottom", yshift=3,
            showarrow=False, font={"size": SMALL},
        )  # fmt: skip


def _shares(figure: go.Figure, course: Course) -> None:
    parts = 100 * shares(course.factors[::EVERY, 1], course.wanted)
    ends = np.cumsum(parts[-1])
    red, green, blue = (int(COLOURS[1][place : place + 2], 16) for place in (1, 3, 5))
    for block, values in enumerate(np.cumsum(parts, axis=1).T):
        figure.add_scatter(
            x=_steps(course.losses), y=values, mode="lines", line={"color": COLOURS[1], "width": 1}, name=f"block {block + 1}",
            fill="tonexty" if block else "tozeroy", fillcolor=f"rgba({red},{green},{blue},{0.5 if block % 2 else 0.25})",
            customdata=parts[:, block], hovertemplate="%{customdata:.3g} %", row=1, col=3,
        )  # fmt: skip
    span = WITHIN if WITHIN[0] < min(ends) and max(ends) < WITHIN[1] else BEYOND
    figure.update_yaxes(title=titled("P along M − I / %"), range=span, row=1, col=3)


def _losses(figure: go.Figure, course: Course) -> None:
    for index, values in enumerate(course.losses.T):
        figure.add_scatter(
            x=_steps(values), y=np.where(values > 0, values, np.nan)[::EVERY], mode="lines", name=NAMES[index],
            line={"color": COLOURS[index], "width": 2.5}, hovertemplate="%{y:.3g}", row=2, col=3,
        )  # fmt: skip
    figure.update_yaxes(log_axis(LOSSES, 4), title=titled("½‖P − M‖² (log)"), row=2, col=3)
