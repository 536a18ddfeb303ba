"""From zero, step by step: linear networks, plain and residual, learn a matrix."""

import streamlit as st

from explorer.labs import Array
from explorer.labs.zero_start.compute import Course
from explorer.labs.zero_start.figure import zero_start
from explorer.labs.zero_start.words import BLOCKS, LAB, NEAR, NOISE, RATE, SIZE, STEP, TURN, course, drawn, finding, flows, formula
from explorer.ui.figures import scheme
from explorer.ui.lab import close, controls, show
from explorer.ui.widgets import select_slider, slider


@st.cache_data(max_entries=64)
def _told(blocks: int, angle: int, size: float, noise: float) -> tuple[Course, tuple[Array, ...]]:
    return course(blocks, angle, size, noise), flows(blocks, angle, size, noise)


with controls(LAB):
    step = slider(STEP)
    told, closed = _told(slider(BLOCKS), slider(TURN), select_slider(SIZE), slider(NOISE))
show(zero_start(told, step, closed, scheme()), finding(told), formula(told, step))
st.caption(
    f"Gradient descent, rate {RATE} / blocks. A mode is the product P along a pair u, v of M's singular vectors, learned when "
    f"within {NEAR:.0%} for good. {drawn(closed)}"
)
close(LAB)
