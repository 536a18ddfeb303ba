"""Every block's part: Grad-CAM along depth, at one block's branch, shortcut and sum, and what flows through each."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go

from explorer.drawing.palette import COLOURS, LETTERS
from explorer.drawing.theme import letter, template
from explorer.drawing.wall import Column, Group
from explorer.questions.attribution.blocks.result import BlockMaps
from explorer.questions.attribution.methods.figure import short

Floats = npt.NDArray[np.float32]
UNIT = "activation × gradient"
MOST_COLUMNS = 12
"""Blocks of a strip that leave its cells large enough; of more, some in even steps are shown."""


def parts_of_block(results: Sequence[BlockMaps], block: str, scheme: str = "light") -> list[Group]:
    """Return a group a network: Grad-CAM at the branch, at the shortcut and at the sum of the chosen block, on one scale."""
    return [_parts(one, one.place(block), letter(index, scheme)) for index, one in enumerate(results)]


def _parts(one: BlockMaps, index: int, name: str) -> Group:
    columns = [Column("branch", _large(one.branch[index], one))]
    if not np.isnan(one.shortcut[index]).all():
        columns += [Column("shortcut", _large(one.shortcut[index], one)), Column("sum", _large(one.sum(index), one))]
    return Group(f"{name} block {short(one.blocks[index])}", UNIT, tuple(columns))


def strip(one: BlockMaps, index: int, scheme: str = "light") -> Group:
    """Return Grad-CAM after block upon block of one network, first to last; each column has a scale of its own.

    Gradients differ by orders of magnitude along depth, so one scale would leave most columns empty: every map is
    divided by its block's largest value.
    """
    shown = places(len(one.blocks))
    columns = tuple(Column(short(one.blocks[place]), _scaled(_large(one.after[place], one))) for place in shown)
    return Group(f"{letter(index, scheme)} after block", "relative to the block's largest", columns, most=1.0)


def places(count: int) -> list[int]:
    """Return which of so many blocks a strip shows: all, or evenly chosen ones with the first and the last."""
    return sorted({round(place) for place in np.linspace(0, count - 1, min(count, MOST_COLUMNS))})


def _scaled(maps: Floats) -> Floats:
    most = float(np.abs(maps).max())
    return maps / most if most else maps


def _large(maps: Floats, one: BlockMaps) -> Floats:
    """N×h×w as squares of the picture's size, so that a block's own resolution is seen."""
    height, width = one.images.shape[1:3]
    rows, columns = (np.arange(side) * size // side for side, size in zip((height, width), maps.shape[1:], strict=True))
    return np.asarray(maps[:, rows][:, :, columns])


def flows(results: Sequence[BlockMaps], row: int, scheme: str = "light") -> go.Figure:
    """Return, for one picture, what flows to the logit through each block's branch, and what over its shortcut."""
    figure = go.Figure(layout={"template": template(scheme)})
    for index, one in enumerate(results):
        depth = (np.arange(len(one.blocks)) + 0.5) / len(one.blocks)
        for name, values, dash in (("branch", one.through_branch[row], "solid"), ("shortcut", one.over_shortcut[row], "dash")):
            if not np.isnan(values).all():
                figure.add_trace(_line(f"{LETTERS[index]} {name}", depth, values, one.blocks, COLOURS[index], dash))
    figure.add_hline(y=0, line={"width": 1, "color": "grey"})
    figure.update_layout(
        height=300, margin={"l": 58, "r": 8, "t": 8, "b": 44}, legend={"orientation": "h", "y": 1.14, "x": 0},
        xaxis_title="depth (first block to last, as a share)", yaxis_title="conductance (logit)",
    )  # fmt: skip
    figure.update_xaxes(range=[0, 1])
    return figure


def _line(name: str, x: Any, y: Floats, blocks: Sequence[str], colour: str, dash: str) -> go.Scatter:
    return go.Scatter(
        x=x, y=y, name=name, mode="lines+markers", line={"color": colour, "dash": dash, "width": 2},
        marker={"size": 5}, customdata=list(blocks), hovertemplate=f"%{{customdata}} {name}: %{{y:.3g}} logit<extra></extra>",
    )  # fmt: skip
