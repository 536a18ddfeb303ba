"""Skip-layer perceptron: a line plus a bump, with and without the input joined to the output."""

import streamlit as st

from explorer.drawing.palette import ink
from explorer.labs.registry import LABS
from explorer.labs.skip_layer.compute import MOST, STARTS, STEPS, error, samples
from explorer.labs.skip_layer.figure import skip_layer
from explorer.labs.skip_layer.words import LAB, both, finding, formula
from explorer.questions.attribution.studio import scheme
from explorer.ui.lab import close, controls, show


@st.cache_data(max_entries=64)
def _errors(slope: float, height: float, seed: int) -> list[tuple[float, float]]:
    x, y = samples(slope, height, seed)
    told = [both(slope, height, hidden, seed) for hidden in range(1, MOST + 1)]
    return [(error(plain, x, y), error(joined, x, y)) for plain, joined in told]


with controls(LAB):
    slope = round(st.slider("Slope of the line", -5.0, 5.0, 1.5, 0.1, key="skip_layer_slope", bind="query-params"), 1)
    height = round(st.slider("Height of the bump", 0.0, 2.0, 1.0, 0.1, key="skip_layer_height", bind="query-params"), 1)
    hidden = st.slider("Hidden units", 1, MOST, 4, key="skip_layer_hidden", bind="query-params")
    seed = st.number_input("Seed of noise and starts", 0, 999, 0, key="skip_layer_seed", bind="query-params")
fits = both(slope, height, hidden, seed)
picture = skip_layer(samples(slope, height, seed), fits, _errors(slope, height, seed), scheme())
show(picture, finding(fits, slope, height), formula(fits[1], ink(1, scheme())))
st.caption(
    f"Least squares by Levenberg and Marquardt's method, {STEPS} steps from each of {STARTS} starts, all weights held small by a "
    "decay of 0.0001; 64 points with noise of 0.03."
)
close(LAB, LABS)
