"""Rank collapse: tokens through attention layers, with and without shortcuts."""

import streamlit as st

from explorer.labs.rank_collapse.compute import TOKENS, WIDTH
from explorer.labs.rank_collapse.figure import rank_collapse
from explorer.labs.rank_collapse.words import LAB, LAYERS, SCALE, SEED, SPREAD, finding, formula, networks
from explorer.ui.figures import scheme
from explorer.ui.lab import close, controls, show
from explorer.ui.widgets import number_input, slider

with controls(LAB):
    told = networks(slider(LAYERS), slider(SCALE), slider(SPREAD), number_input(SEED))
show(rank_collapse(told, scheme()), finding(told), formula(told))
st.caption(
    f"{TOKENS} tokens of {WIDTH} numbers, one head, random weights, all networks the same. The distance is that to the nearest "
    "matrix whose rows are equal. Right: the gradient of a random linear loss by each MLP's second matrix."
)
close(LAB)
