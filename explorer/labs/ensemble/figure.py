"""What each block of trained networks adds to each class, right answers after each, and which way each pushes."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from explorer.drawing.axes import bare, framed, titled
from explorer.drawing.numbers import spoken
from explorer.drawing.palette import COLOURS, INK, LETTERS
from explorer.drawing.theme import SMALL
from explorer.labs import Array
from explorer.labs.ensemble.compute import added
from explorer.labs.ensemble.result import BlockAccount

HEIGHT = 372


def ensemble(
    accounts: Sequence[BlockAccount],
    whole: Sequence[BlockAccount],
    picture: int,
    classes: Sequence[str],
    titles: Sequence[str],
    removed: Sequence[str] = (),
    scheme: str = "light",
) -> go.Figure:
    """Return a heat map a network, and two charts over the blocks of all of them, network A first.

    Heat maps: what each block adds to each class's logit for one picture, by its place among those that are looked at; each
    on a scale of its own, which its title tells; true class bold. `accounts` are of the networks without the blocks of
    `removed`, which are crosses; `whole` of all blocks, and pale.
    """
    rows = len(accounts)
    parts = [added(np.array(one.logits[picture])).T for one in accounts]
    figure = _panels([f"{LETTERS[index]} {title}: what each block adds{_darkest(part)}" for index, (title, part) in
                      enumerate(zip(titles, parts, strict=True))])  # fmt: skip
    for index, (one, part) in enumerate(zip(accounts, parts, strict=True)):
        _added(figure, one, part, classes, picture, 2 * index + 1)
        for values, told in ((whole[index].right, "pale"), (one.right, "bold")):
            _line(figure, index, [100 * value for value in values], list(range(len(values))), told, row=1)
        pushes: list[float | None] = list(one.downhill)
        _line(figure, index, pushes, list(range(1, len(pushes) + 1)), "bold", row=rows + 1)
        gone = [place for place, name in enumerate(one.blocks, start=1) if name in set(removed) - set(one.fixed)]
        figure.add_scatter(
            x=gone, y=[100 * one.right[place] for place in gone], mode="markers", hoverinfo="skip", row=1, col=2,
            marker={"symbol": "x-thin", "size": 8, "line": {"width": 2, "color": INK[scheme]}},
        )  # fmt: skip
    figure.update_yaxes(range=[0, 104], title=titled("test pictures right / %"), row=1, col=2)
    figure.update_yaxes(range=[-1, 1], title=titled("cosine to −∂E/∂x"), row=rows + 1, col=2)
    figure.add_hline(y=0, line={"width": 1, "color": INK[scheme]}, row=rows + 1, col=2)
    longest = max(len(one.blocks) for one in accounts)
    step = 1 if longest <= 10 else 5 if longest <= 60 else 50
    figure.update_xaxes(dtick=step, showticklabels=False)
    figure.update_xaxes(range=[-0.5, longest + 0.5], col=2)
    figure.update_xaxes(title=titled("block"), showticklabels=True, row=rows + 1, col=2)
    figure.update_xaxes(title=titled("block"), showticklabels=True, row=2 * rows - 1, col=1)
    framed(figure, scheme, HEIGHT, l=12)
    if rows > 2:
        figure.update_yaxes(tickfont={"size": 7}, col=1)
    return figure


def card(x: Array, sums: Sequence[Array], scheme: str = "light") -> go.Figure:
    """Return a growing sum of weak learners, the later the bolder."""
    figure = go.Figure()
    for place, values in enumerate(sums, start=1):
        line = {"color": COLOURS[1], "width": 2.5, "shape": "hvh"}
        figure.add_scatter(x=x, y=values, mode="lines", line=line, opacity=place / len(sums))
    return bare(figure, scheme)


def _panels(titles: Sequence[str]) -> go.Figure:
    """As many rows as networks on the left, two on the right."""
    rows = len(titles)
    specs: list[list[dict[str, int] | None]] = [[None, None] for _ in range(2 * rows)]
    words: dict[tuple[int, int], str] = {}
    for row, title in enumerate(titles):
        specs[2 * row][0], words[2 * row, 0] = {"rowspan": 2}, title
    for row, title in ((0, "right after the first k blocks"), (rows, "does a block push downhill?")):
        specs[row][1], words[row, 1] = {"rowspan": rows}, title
    return make_subplots(
        rows=2 * rows, cols=2, specs=specs, column_widths=[0.64, 0.36], horizontal_spacing=0.1,
        vertical_spacing=(0.18 if rows < 3 else 0.28) / rows, subplot_titles=[words[place] for place in sorted(words)],
    )  # fmt: skip


def _darkest(part: Array) -> str:
    return f" (darkest: {spoken(float(np.abs(part).max()))} in the logit)"


def _added(
    figure: go.Figure, one: BlockAccount, part: Array, classes: Sequence[str], picture: int, row: int
) -> None:  # fmt: skip
    names = [f"<b>{name}</b>" if place == one.labels[picture] else name for place, name in enumerate(classes)]
    bar: dict[str, Any] = {
        "title": {"text": "adds", "side": "top"},
        "tickvals": [-1, 0, 1],
        "ticktext": ["−", "0", "+"],
        "thickness": 8,
        "x": 0.585,
        "tickfont": {"size": SMALL},
    }
    told = np.dstack([np.tile(one.blocks, (len(names), 1)), np.vectorize(spoken)(part)])
    figure.add_heatmap(
        z=(part / (np.abs(part).max() or 1)).astype(np.float32), x=list(range(1, part.shape[1] + 1)), y=names, colorscale="PRGn",
        customdata=told, zmin=-1, zmax=1, colorbar=bar, showscale=row == 1,
        hovertemplate="%{customdata[0]} adds %{customdata[1]} to %{y}<extra></extra>", row=row, col=1,
    )  # fmt: skip
    figure.update_yaxes(type="category", autorange="reversed", automargin=True, showgrid=False, dtick=1, row=row, col=1)
    figure.update_xaxes(showgrid=False, row=row, col=1)


def _line(figure: go.Figure, index: int, values: Sequence[float | None], places: Sequence[int], told: str, *, row: int) -> None:
    bold = told == "bold"
    figure.add_scatter(
        x=places, y=values, mode="lines+markers" if bold else "lines", name=LETTERS[index],
        line={"color": COLOURS[index], "width": 2 if bold else 1, "dash": "solid" if bold else "dot"},
        marker={"size": 4}, hovertemplate="%{y:.3g}", hoverinfo=None if bold else "skip", row=row, col=2,
    )  # fmt: skip
