"""How alike any two maps are, as one table."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go

from explorer.drawing.palette import LETTERS
from explorer.drawing.theme import AGAINST, FOR, SMALL, template
from explorer.questions.attribution.likeness.result import Likeness
from explorer.questions.attribution.methods.figure import name as method_name
from explorer.questions.attribution.methods.spec import Method

MEASURES: Mapping[str, str] = {
    "ranks": "rank correlation (Spearman), mean over pictures",
    "structure": "structural similarity, mean over pictures",
}
MOST_WORDS = 14
"""Maps beside each other that leave room for a number in every cell."""


def likeness_table(one: Likeness, measure: str = "ranks", scheme: str = "light") -> go.Figure:
    """Return the table of one of MEASURES between any two maps, from −1 (opposite) over 0 to 1 (the same)."""
    values = mean(getattr(one, measure))
    names = [label(run, Method(method)) for run, method in one.names]
    words = "%{z:.2f}" if len(names) <= MOST_WORDS else ""
    bar = {"title": {"text": MEASURES[measure], "side": "right"}, "thickness": 10}
    cells = go.Heatmap(
        z=values, x=names, y=names, zmin=-1, zmax=1, colorscale=_diverging(), texttemplate=words, textfont={"size": SMALL},
        colorbar=bar, hovertemplate="%{y} and %{x}: %{z:.3f}<extra></extra>", hoverongaps=False, xgap=1, ygap=1,
    )  # fmt: skip
    figure = go.Figure(cells, {"template": template(scheme)})
    side = max(280, min(640, 130 + 44 * len(names)))
    figure.update_layout(height=side, margin={"l": 8, "r": 8, "t": 8, "b": 8})
    figure.update_xaxes(automargin=True, tickangle=-40, showgrid=False)
    figure.update_yaxes(automargin=True, autorange="reversed", showgrid=False)
    return figure


def mean(tables: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Return M×M, the mean over pictures of N×M×M, of those that have a value; NaN where none has."""
    known = np.isfinite(tables)
    total, count = np.where(known, tables, 0).sum(axis=0), known.sum(axis=0)
    return np.asarray(np.where(count > 0, total / np.maximum(count, 1), np.nan), np.float32)


def label(run: int, method: Method) -> str:
    """Return a map's name: the network's letter and the method."""
    return f"{LETTERS[run]} {method_name(method)}"


def _diverging() -> list[tuple[float, str]]:
    return [(0.0, f"rgb{AGAINST}"), (0.5, "rgb(247,247,247)"), (1.0, f"rgb{FOR}")]
