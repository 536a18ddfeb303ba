"""Labs: the thought experiments behind residual learning, as cards."""

import streamlit as st

from explorer.labs.lab import Lab
from explorer.labs.order import LABS
from explorer.ui.figures import scheme, show_figure

ACROSS = 3


def _card(lab: Lab) -> None:
    with st.container(border=True):
        st.page_link(lab.page, label=f"**{lab.question}**")
        show_figure(lab.card(scheme()), f"card_{lab.name}", f"Small picture of the lab: {lab.question}", staticPlot=True)
        names = [LABS[name].question for name in lab.leads_to if name in LABS]
        st.caption(f"Leads to: {' · '.join(names)}" if names else "The end of the story.")


st.markdown("### Labs: one question each")
st.markdown(
    "Residual learning in small experiments that answer while you move a slider, or after a second or two of training, in the "
    "order of the story: the gradient, what a block learns, depth as time, and the relatives of the shortcut. Each picture is "
    "computed, none is drawn by hand."
)
for first in range(0, len(LABS), ACROSS):
    for column, lab in zip(st.columns(ACROSS), list(LABS.values())[first : first + ACROSS], strict=False):
        with column:
            _card(lab)
