"""Where the switch-board stands: normalisation and initialisation against depth, before any training."""

import streamlit as st

from explorer.questions.switchboard.figure import switchboard
from explorer.questions.switchboard.result import QUESTION
from explorer.questions.switchboard.spec import SwitchboardSpec
from explorer.questions.switchboard.words import CAPTION, ORDER, SEED, SHORTCUT, WIDTH, finding
from explorer.ui.asking import ask_and_show
from explorer.ui.figures import scheme, show_figure
from explorer.ui.widgets import number_input, selectbox


def show() -> None:
    """Ask for the first gradients of every setting, and draw them."""
    with st.sidebar:
        order, shortcut = selectbox(ORDER), selectbox(SHORTCUT)
        spec = SwitchboardSpec(order=order, shortcut=shortcut, width=number_input(WIDTH), seed=number_input(SEED))
    results = ask_and_show(QUESTION, spec)
    if results:
        st.markdown(f"**{finding(results)}**")
        show_figure(switchboard(results, scheme()), "panels", finding(results))
        st.caption(CAPTION)
