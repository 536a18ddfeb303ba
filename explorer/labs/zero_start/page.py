"""From zero, step by step: linear networks, plain and residual, learn a matrix."""

import streamlit as st

from explorer.labs import Array
from explorer.labs.registry import LABS
from explorer.labs.zero_start.compute import Course
from explorer.labs.zero_start.figure import zero_start
from explorer.labs.zero_start.words import LAB, MOST, NEAR, RATE, SIZES, STEPS, course, drawn, finding, flows, formula
from explorer.questions.attribution.studio import scheme
from explorer.ui.lab import close, controls, show


@st.cache_data(max_entries=64)
def _told(blocks: int, angle: int, size: float, noise: float) -> tuple[Course, tuple[Array, ...]]:
    return course(blocks, angle, size, noise), flows(blocks, angle, size, noise)


with controls(LAB):
    step = st.slider("Step of learning", 0, STEPS, 30, 5, key="zero_start_step", bind="query-params")
    blocks = st.slider("Blocks", 1, MOST, 4, key="zero_start_blocks", bind="query-params")
    angle = st.slider("Turn to learn, degrees", 0, 180, 0, 5, key="zero_start_angle", bind="query-params")
    size = st.select_slider("Every W starts at (times I)", SIZES, 0.0, key="zero_start_size", bind="query-params")
    noise = st.slider("Noise in the start", 0.0, 0.3, 0.0, 0.05, key="zero_start_noise", bind="query-params")
told, closed = _told(blocks, angle, size, noise)
show(zero_start(told, step, closed, scheme()), finding(told), formula(told, step))
st.caption(
    f"Gradient descent, rate {RATE} / blocks. A mode is the product P along a pair u, v of M's singular vectors, learned when "
    f"within {NEAR:.0%} for good. {drawn(closed)}"
)
close(LAB, LABS)
