"""Every colour and font of the figures, once."""

import plotly.graph_objects as go

from explorer.drawing.palette import COLOURS, INK, LETTERS, ink

SEQUENTIAL = "Viridis"
"""Magnitudes, such as gradient norms."""
FOR, AGAINST = (27, 120, 55), (118, 42, 131)
"""Ends of the diverging map, green and purple (ColorBrewer's PRGn): neither is the colour of network A or B."""
FONT = "Source Sans, Source Sans Pro, sans-serif"
SIZE, SMALL = 13, 11
FAINT = {"light": "#d5d9e2", "dark": "#3a4050"}


def letter(index: int, scheme: str) -> str:
    """Return network A's or another's letter in its colour, as a figure's text takes it."""
    return f'<b><span style="color:{ink(index, scheme)}">{LETTERS[index]}</span></b>'


def see_through() -> list[tuple[float, str]]:
    """Return the diverging map for laying over a picture: zero, in its middle, shows the picture alone."""
    steps = ((0.0, AGAINST, 1.0), (0.25, AGAINST, 0.6), (0.5, AGAINST, 0.0), (0.5, FOR, 0.0), (0.75, FOR, 0.6), (1.0, FOR, 1.0))
    return [(place, f"rgba({colour[0]},{colour[1]},{colour[2]},{alpha})") for place, colour, alpha in steps]


def template(scheme: str = "light") -> go.layout.Template:
    """Return the look of every figure on a light or dark page; the page's ground shines through."""
    axis = {"gridcolor": FAINT[scheme], "zerolinecolor": FAINT[scheme], "linecolor": FAINT[scheme]}
    return go.layout.Template(
        layout={
            "font": {"family": FONT, "size": SIZE, "color": INK[scheme]},
            "colorway": COLOURS,
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
            "xaxis": axis,
            "yaxis": axis,
            "hoverlabel": {"font": {"family": FONT}},
        }
    )
