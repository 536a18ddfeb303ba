"""Maps that are played: the same wall at several checkpoints."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go

from explorer.drawing.wall import Group, wall

PACE = 600
"""Milliseconds a picture of the film stands."""


def film(
    pictures: npt.NDArray[np.uint8], answers: Sequence[Sequence[str]], groups: Sequence[Sequence[Group]], names: Sequence[str],
    *, opacity: float = 0.9, scheme: str = "light",
) -> go.Figure:  # fmt: skip
    """Return one wall with a slider and a button that plays it.

    For each checkpoint of `names` there are the answers beside the pictures and the groups of maps; all walls have the
    same form, and groups should share their scale, or colours would not compare.
    """
    walls = [wall(pictures, texts, group, opacity=opacity, scheme=scheme) for texts, group in zip(answers, groups, strict=True)]
    figure = walls[-1]
    traces = list(range(1, len(figure.data)))
    figure.frames = [
        go.Frame(data=one.data[1:], traces=traces, name=name, layout={"annotations": one.layout.annotations})
        for one, name in zip(walls, names, strict=True)
    ]
    quick = {"mode": "immediate", "frame": {"duration": 0, "redraw": True}, "transition": {"duration": 0}}
    steps = [{"label": name, "method": "animate", "args": [[name], quick]} for name in names]
    playing = {"fromcurrent": False, "frame": {"duration": PACE, "redraw": True}, "transition": {"duration": 0}}
    play = {"label": "Play", "method": "animate", "args": [None, playing]}
    stop = {"label": "Stop", "method": "animate", "args": [[None], quick]}
    height = figure.layout.height
    figure.update_layout(
        height=height + 90,
        margin={"b": 90},
        sliders=[
            {"steps": steps, "active": len(names) - 1, "x": 0.12, "len": 0.86, "y": 0, "pad": {"t": 30},
             "currentvalue": {"prefix": "step ", "xanchor": "left"}}
        ],
        updatemenus=[
            {"type": "buttons", "direction": "left", "buttons": [play, stop], "x": 0, "y": 0, "xanchor": "left",
             "yanchor": "top", "pad": {"t": 38}, "showactive": False}
        ],
    )  # fmt: skip
    return figure


def moments(groups: Sequence[Group]) -> list[list[Group]]:
    """Return for one column after another, of which all groups have equally many, the groups with that column alone."""
    return [
        [replace(group, columns=(replace(group.columns[index], head=""),)) for group in groups]
        for index in range(len(groups[0].columns))
    ]
