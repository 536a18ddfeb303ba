"""Rank collapse: tokens through attention layers, with and without shortcuts."""

import streamlit as st

from explorer.labs.rank_collapse.compute import TOKENS, WIDTH
from explorer.labs.rank_collapse.figure import rank_collapse
from explorer.labs.rank_collapse.words import LAB, finding, formula, networks
from explorer.labs.registry import LABS
from explorer.questions.attribution.studio import scheme
from explorer.ui.lab import close, controls, show

with controls(LAB):
    layers = st.slider("Layers", 2, 24, 12, key="rank_collapse_layers", bind="query-params")
    scale = st.slider(
        "Scale of attention's weights", 0.25, 3.0, 1.0, 0.25, key="rank_collapse_scale", bind="query-params"
    )
    spread = st.slider("Spread of the tokens", 0.1, 2.0, 1.0, 0.1, key="rank_collapse_spread", bind="query-params")
    seed = st.number_input("Seed of tokens and weights", 0, 999, 0, key="rank_collapse_seed", bind="query-params")
told = networks(layers, scale, spread, seed)
show(rank_collapse(told, scheme()), finding(told), formula(told))
st.caption(
    f"{TOKENS} tokens of {WIDTH} numbers, one head, random weights, all networks the same. The distance is that to the nearest "
    "matrix whose rows are equal. Right: the gradient of a random linear loss by each MLP's second matrix."
)
close(LAB, LABS)
