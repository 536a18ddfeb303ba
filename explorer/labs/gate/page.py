"""Closing the gate: a highway network between residual and plain."""

import streamlit as st

from explorer.drawing.palette import ink
from explorer.labs.gate.compute import draw, scalar_passages, vector_passages
from explorer.labs.gate.figure import gate
from explorer.labs.gate.words import LAB, finding, formula
from explorer.labs.registry import LABS
from explorer.questions.attribution.studio import scheme
from explorer.ui.lab import close, controls, show

with controls(LAB):
    bias = st.slider("Bias b of the gate", -8.0, 8.0, -3.0, 0.5, key="gate_bias", bind="query-params")
    a = st.slider("Slope a of the branch", 0.1, 1.5, 0.5, 0.1, key="gate_a", bind="query-params")
    depth = st.slider("Layers L", 2, 60, 30, key="gate_depth", bind="query-params")
    seed = st.number_input("Seed of the vectors' weights", 0, 999, 0, key="gate_seed", bind="query-params")
picture = gate(scalar_passages(a, bias, depth), vector_passages(draw(a, depth, seed), bias), scheme())
show(picture, finding(a, bias, depth), formula(a, bias, depth, ink(2, scheme())))
st.caption(
    "Numbers: F(x) = ax, and T is the same in every layer. Vectors: F(x) = tanh(Wx) and T = σ(Vx + b), weights drawn at random, "
    "W with spread a/√16; all three networks share W."
)
close(LAB, LABS)
