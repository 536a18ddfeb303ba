"""From zero, step by step: a linear residual network learns a matrix."""

import streamlit as st

from explorer.figures.zero_start import zero_start
from explorer.labs.zero_start import Course, target
from explorer.ui.attribution_answer import scheme
from explorer.ui.labs.frame import close, controls, show
from explorer.ui.labs.registry import LABS
from explorer.ui.labs.zero_start import LAB, RATE, STEPS, STRETCH, course, finding, formula


@st.cache_data(max_entries=64)
def _course(blocks: int, angle: int, noise: float) -> Course:
    return course(blocks, angle, noise)


with controls(LAB):
    step = st.slider("Step of learning", 0, STEPS, 20, key="zero_start_step", bind="query-params")
    blocks = st.slider("Blocks", 1, 16, 8, key="zero_start_blocks", bind="query-params")
    angle = st.slider("Turn to learn, degrees", 0, 180, 60, 5, key="zero_start_angle", bind="query-params")
    noise = st.slider("Noise in the start", 0.0, 0.5, 0.0, 0.05, key="zero_start_noise", bind="query-params")
told = _course(blocks, angle, noise)
show(zero_start(told, target(angle, STRETCH), step, scheme()), finding(told, angle, step), formula(told, step))
st.caption(
    f"A stretches the first axis by {STRETCH} and turns. Gradient descent, rate {RATE} divided by the number of blocks. A block's "
    "share is how far it moves the product along A − I; the dotted line is an equal share."
)
close(LAB, LABS)
