"""Skip-layer perceptron: a line plus a bump, with and without the input joined to the output."""

import streamlit as st

from explorer.drawing.palette import ink
from explorer.labs.skip_layer.compute import MOST, STARTS, STEPS, error, samples
from explorer.labs.skip_layer.figure import skip_layer
from explorer.labs.skip_layer.words import HEIGHT, HIDDEN, LAB, SEED, SLOPE, both, finding, formula
from explorer.ui.figures import scheme
from explorer.ui.lab import close, controls, show
from explorer.ui.widgets import number_input, slider


@st.cache_data(max_entries=64)
def _errors(slope: float, height: float, seed: int) -> list[tuple[float, float]]:
    x, y = samples(slope, height, seed)
    told = [both(slope, height, hidden, seed) for hidden in range(1, MOST + 1)]
    return [(error(plain, x, y), error(joined, x, y)) for plain, joined in told]


with controls(LAB):
    slope, height, hidden, seed = slider(SLOPE), slider(HEIGHT), slider(HIDDEN), number_input(SEED)
fits = both(slope, height, hidden, seed)
picture = skip_layer(samples(slope, height, seed), fits, _errors(slope, height, seed), scheme())
show(picture, finding(fits, slope, height), formula(fits[1], ink(1, scheme())))
st.caption(
    f"Least squares by Levenberg and Marquardt's method, {STEPS} steps from each of {STARTS} starts, all weights held small by a "
    "decay of 0.0001; 64 points with noise of 0.03."
)
close(LAB)
