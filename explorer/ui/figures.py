"""How a page shows a Plotly figure."""

from typing import Any

import streamlit as st

CONFIG = {"displaylogo": False, "displayModeBar": False}


def scheme() -> str:
    """Return light or dark, as the browser shows the page."""
    return st.context.theme.type or "light"


def show_figure(figure: Any, key: str, alt: str, **config: Any) -> None:
    """Show a figure in its own look; `alt` says what is seen to those who cannot see it."""
    st.plotly_chart(figure, key=key, theme=None, config={**CONFIG, **config}, alt=alt)
