"""How a score came about over training."""

from collections.abc import Sequence

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from explorer.drawing.palette import COLOURS, LETTERS
from explorer.drawing.theme import SIZE, SMALL, template
from explorer.questions.attribution.checks.result import Checked
from explorer.questions.attribution.methods.figure import name as name_of


def over_steps(
    steps: Sequence[int], results: Sequence[Sequence[Sequence[Checked]]], name: str, title: str, scheme: str = "light"
) -> go.Figure:
    """Return one panel a method: a score over training, a line a network with its 95 % interval.

    `results` is for each step, for each network, its methods.
    """
    methods = [one.method for one in results[0][0]]
    figure = make_subplots(cols=len(methods), rows=1, shared_yaxes=True, horizontal_spacing=0.03,
                           subplot_titles=[name_of(method) for method in methods])  # fmt: skip
    for column in range(len(methods)):
        for index in range(len(results[0])):
            found = [moment[index][column].interval(name) for moment in results]
            figure.add_scatter(
                x=list(steps), y=[one.mean for one in found], name=LETTERS[index], mode="lines+markers", row=1, col=column + 1,
                line={"color": COLOURS[index], "width": 2}, showlegend=column == 0,
                error_y={"type": "data", "symmetric": False, "array": [one.high - one.mean for one in found],
                         "arrayminus": [one.mean - one.low for one in found], "thickness": 1, "width": 2},
                hovertemplate=f"{LETTERS[index]}, step %{{x}}: %{{y:.3g}}<extra></extra>",
            )  # fmt: skip
    figure.update_yaxes(rangemode="tozero", fixedrange=True)
    figure.update_yaxes(title_text=title, col=1)
    figure.update_xaxes(title_text="step", fixedrange=True)
    figure.update_annotations(font_size=SMALL + 1)
    figure.update_xaxes(title_font_size=SIZE)
    figure.update_yaxes(title_font_size=SIZE)
    figure.update_layout(template=template(scheme), height=300, margin={"l": 58, "r": 8, "t": 30, "b": 44})
    return figure
