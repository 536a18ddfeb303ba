"""Where paths stand: a residual network as many networks of different lengths."""

import streamlit as st

from explorer.questions.paths.figure import path_lengths
from explorer.questions.paths.result import QUESTION
from explorer.questions.paths.spec import PathsSpec
from explorer.questions.paths.words import WORDS, caption, finding
from explorer.ui.asking import ask_and_show
from explorer.ui.figures import scheme, show_figure
from explorer.ui.view import Trained, View


def show(chosen: Trained) -> None:
    """Ask what paths of each length carry, and draw what is known."""
    results = ask_and_show(QUESTION, PathsSpec(**chosen.asked))
    if not results:
        return
    st.markdown(f"**{finding(results, chosen.names)}**")
    st.markdown(WORDS)
    show_figure(path_lengths(results, scheme()), "lengths", finding(results, chosen.names))
    st.caption(caption(results[0]))


VIEW = View("paths", "Paths", show)
