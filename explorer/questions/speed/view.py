"""Where speed stands: time against multiply-adds, on this machine."""

import streamlit as st

from explorer.questions.speed.figure import time_against_macs
from explorer.questions.speed.result import QUESTION
from explorer.questions.speed.spec import SpeedSpec
from explorer.questions.speed.words import BATCH, caption, finding, reason
from explorer.ui.asking import ask_and_show
from explorer.ui.figures import scheme, show_figure
from explorer.ui.widgets import select_slider


def show() -> None:
    """Ask how long the networks of the ladder take, and draw it."""
    with st.sidebar:
        spec = SpeedSpec(batch=select_slider(BATCH))
    results = ask_and_show(QUESTION, spec)
    if results:
        st.markdown(f"**{finding(results)}**")
        show_figure(time_against_macs(results, scheme()), "speed", finding(results))
        st.markdown(reason(results))
        st.caption(caption(spec))
