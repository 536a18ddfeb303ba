"""Labs: the thought experiments behind residual learning, as cards."""

import streamlit as st

from explorer.labs.registry import LABS
from explorer.questions.attribution.studio import scheme
from explorer.ui.asking import CONFIG
from explorer.ui.lab import Lab

ACROSS = 3


def _card(lab: Lab) -> None:
    with st.container(border=True):
        st.page_link(lab.page, label=f"**{lab.question}**")
        st.plotly_chart(
            lab.card(scheme()), key=f"card_{lab.name}", theme=None, config={**CONFIG, "staticPlot": True},
            alt=f"Small picture of the lab: {lab.question}",
        )  # fmt: skip
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
