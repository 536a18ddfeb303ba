"""Through time: a recurrent network, and the cells of 1997 and 2000."""

import streamlit as st

from explorer.figures.palette import ink
from explorer.figures.through_time import through_time
from explorer.labs.through_time import MOST, WIDTH
from explorer.ui.attribution_answer import scheme
from explorer.ui.labs.frame import close, controls, show
from explorer.ui.labs.registry import LABS
from explorer.ui.labs.through_time import LAB, finding, formula, histories

with controls(LAB):
    bias = st.slider("Bias b of the forget gate", -4.0, 8.0, 2.0, 0.5, key="through_time_bias", bind="query-params")
    steps = st.slider("Steps T", 2, MOST, 50, key="through_time_steps", bind="query-params")
    size = st.slider("Size of the recurrent weights", 0.1, 2.0, 0.8, 0.1, key="through_time_size", bind="query-params")
    seed = st.number_input("Seed of weights and inputs", 0, 999, 0, key="through_time_seed", bind="query-params")
told = histories(steps, bias, size, seed)
show(through_time(told, scheme()), finding(told), formula(told, bias, ink(2, scheme())))
st.caption(
    f"States of {WIDTH} numbers, weights drawn at random and shared by all three, random inputs at every step. F is an input gate "
    "times new content, i·tanh(…)."
)
close(LAB, LABS)
