"""Where it stands what every block of the chosen networks does: a chart for each of five questions."""

import streamlit as st

from explorer.questions.anatomy import figure as figures
from explorer.questions.anatomy.result import QUESTION
from explorer.questions.anatomy.words import CHARTS, caption, finding
from explorer.questions.spec import TrainedSpec
from explorer.ui.asking import ask_and_show
from explorer.ui.figures import scheme, show_figure
from explorer.ui.view import Trained, View

DRAW = {
    "share": figures.gradient_share, "added": figures.added, "written": figures.written, "readout": figures.readout,
    "downhill": figures.downhill,
}  # fmt: skip


def show(chosen: Trained) -> None:
    """Ask what every block does, and draw what is known."""
    results = ask_and_show(QUESTION, TrainedSpec(**chosen.asked))
    if not results:
        return
    st.markdown(f"**{finding(results, chosen.names)}**")
    columns = st.columns(2)
    for index, (name, (heading, words)) in enumerate(CHARTS.items()):
        with columns[index % 2]:
            st.markdown(f"**{heading}**")
            show_figure(DRAW[name](results, scheme()), name, heading)
            st.caption(words)
    st.caption(caption(results[0]))


VIEW = View("blocks", "Look inside", show)
