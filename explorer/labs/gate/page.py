"""Closing the gate: a highway network between residual and plain."""

import streamlit as st

from explorer.drawing.palette import ink
from explorer.labs.gate.compute import draw, scalar_passages, vector_passages
from explorer.labs.gate.figure import gate
from explorer.labs.gate.words import BIAS, LAB, LAYERS, SEED, A, finding, formula
from explorer.ui.figures import scheme
from explorer.ui.lab import close, controls, show
from explorer.ui.widgets import number_input, slider

with controls(LAB):
    bias, a, depth, seed = slider(BIAS), slider(A), slider(LAYERS), number_input(SEED)
picture = gate(scalar_passages(a, bias, depth), vector_passages(draw(a, depth, seed), bias), scheme())
show(picture, finding(a, bias, depth), formula(a, bias, depth, ink(2, scheme())))
st.caption(
    "Numbers: F(x) = ax, and T is the same in every layer. Vectors: F(x) = tanh(Wx) and T = σ(Vx + b), weights drawn at random, "
    "W with spread a/√16; all three networks share W."
)
close(LAB)
