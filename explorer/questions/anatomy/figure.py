"""What every block does, one line a network against the block's number."""

from collections.abc import Sequence

import plotly.graph_objects as go

from explorer.drawing.palette import COLOURS, LETTERS
from explorer.drawing.theme import SMALL, template
from explorer.questions.anatomy.result import Anatomy

HEIGHT = 215


def gradient_share(results: Sequence[Anatomy], scheme: str = "light") -> go.Figure:
    """Return ‖g_shortcut‖ / (‖g_shortcut‖ + ‖g_branch‖) of every block; a plain network, with one term, has no line."""
    shares, words = [], []
    for one in results:
        pairs = list(zip(one.shortcut_gradient, one.branch_gradient, strict=True))
        shares.append([s / (s + b) if s is not None and b is not None and s + b > 0 else None for s, b in pairs])
        words.append(
            [
                f"‖g_shortcut‖ {s:.3g}, ‖g_branch‖ {b:.3g}, cosine {c:.3g}" if None not in (s, b, c) else ""
                for (s, b), c in zip(pairs, one.gradient_cosine, strict=True)
            ]
        )
    figure = _lines(shares, scheme, words)
    figure.add_hline(y=0.5, line={"width": 1, "dash": "dot", "color": "gray"})
    figure.update_yaxes(range=[0, 1])
    return figure


def added(results: Sequence[Anatomy], scheme: str = "light") -> go.Figure:
    """Return ‖F(x)‖ over the norm of what the shortcut carries, of every block."""
    words = [[f"cosine to the shortcut {c:.3g}" if c is not None else "" for c in one.added_cosine] for one in results]
    figure = _lines([one.added for one in results], scheme, words)
    figure.update_yaxes(rangemode="tozero")
    return figure


def written(results: Sequence[Anatomy], scheme: str = "light") -> go.Figure:
    """Return the share of the last block's output that each block wrote, in percent; a plain network has no line."""
    lines = [[None if share is None else 100 * share for share in one.written] for one in results]
    words = [[f"before {_percent(o.written_before)}, relu {_percent(o.written_relu)}"] * len(o.written) for o in results]
    figure = _lines(lines, scheme, words)
    figure.add_hline(y=0, line={"width": 1, "color": "gray"})
    return figure


def _percent(share: float | None) -> str:
    return "none" if share is None else f"{100 * share:.3g} %"


def readout(results: Sequence[Anatomy], scheme: str = "light") -> go.Figure:
    """Return the share of test pictures that a linear read-out gets right, in percent; 0 is the stem."""
    figure = _lines([[100 * right for right in one.readout] for one in results], scheme, first=0)
    figure.update_yaxes(range=[0, 100])
    return figure


def downhill(results: Sequence[Anatomy], scheme: str = "light") -> go.Figure:
    """Return the cosine between F(x) and −∂E/∂x of every block; above zero a block steps down the loss."""
    figure = _lines([one.downhill for one in results], scheme)
    figure.add_hline(y=0, line={"width": 1, "color": "gray"})
    return figure


def _lines(
    lines: Sequence[Sequence[float | None]], scheme: str, words: Sequence[Sequence[str]] | None = None, first: int = 1
) -> go.Figure:
    figure = go.Figure()
    for index, values in enumerate(lines):
        told = words[index] if words else [""] * len(values)
        figure.add_scatter(
            x=list(range(first, first + len(values))), y=list(values), mode="lines+markers", name=LETTERS[index],
            line={"color": COLOURS[index], "width": 2}, marker={"size": 5}, customdata=list(told), connectgaps=False,
            hovertemplate="%{y:.3g} %{customdata}",
        )  # fmt: skip
    longest = max(len(values) for values in lines)
    small = {"fixedrange": True, "tickfont": {"size": SMALL}}
    figure.update_xaxes(range=[first - 0.5, first + longest - 0.5], title=_title("block, first to last"), **small)
    figure.update_yaxes(**small)
    margin = {"l": 40, "r": 8, "t": 6, "b": 38}
    figure.update_layout(template=template(scheme), showlegend=False, hovermode="x unified", height=HEIGHT, margin=margin)
    return figure


def _title(text: str) -> dict[str, object]:
    return {"text": text, "font": {"size": SMALL}, "standoff": 4}
