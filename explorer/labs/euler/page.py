"""Euler forward and backward: depth as time along a field."""

import streamlit as st

from explorer.labs.euler.compute import accuracies, amplifications, given_sides, learned_sides
from explorer.labs.euler.figure import euler
from explorer.labs.euler.result import QUESTION
from explorer.labs.euler.spec import SpiralsSpec
from explorer.labs.euler.words import FIELD, LAB, LAYERS, LEARNED, NEWTON, SOLVER, STEP, cost, finding, formula, learned_finding
from explorer.ui.asking import ask_and_show
from explorer.ui.figures import scheme
from explorer.ui.lab import close, controls, show
from explorer.ui.widgets import selectbox, slider

with controls(LAB):
    name, h, layers, newton = selectbox(FIELD), slider(STEP), slider(LAYERS), selectbox(SOLVER) == NEWTON
sides = None
if name != LEARNED:
    sides = given_sides(name, h, layers, newton=newton)
    found = finding(amplifications(sides[0].values, h), h)
elif networks := ask_and_show(QUESTION, SpiralsSpec()):
    sides = learned_sides(networks, h, layers, newton=newton)
    found = learned_finding(accuracies(networks, h, layers, newton=newton), h, layers)
if sides:
    fastest = max(sides[0].values.tolist(), key=lambda value: abs(1 + h * complex(*value)))
    show(euler(sides, h, scheme()), found, formula(h, fastest))
    st.caption(
        f"{cost(sides[0].journey, sides[1].journey)} Grey: the field's own lines, by Runge and Kutta in 200 steps or "
        "more. Dots: where points start (small) and end. λ: eigenvalues of ∂F/∂x in the middle; for a learned field, at the "
        "starts, full and hollow dots being the two spirals."
    )
close(LAB)
