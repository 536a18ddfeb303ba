"""Euler forward and backward: depth as time along a field."""

import streamlit as st

from explorer.labs.euler import words as words
from explorer.labs.euler.compute import amplifications
from explorer.labs.euler.figure import euler
from explorer.labs.euler.sides import accuracies, given_sides, learned_sides
from explorer.labs.euler.spec import SpiralsQuestion
from explorer.labs.registry import LABS
from explorer.labs.result import SpiralNetwork
from explorer.questions.attribution.studio import scheme
from explorer.ui.asking import ask_for
from explorer.ui.cache import owner, store
from explorer.ui.lab import close, controls, show

with controls(words.LAB):
    name = st.selectbox("Field F", words.NAMES, key="euler_field", bind="query-params", help=words.FIELD_HELP)
    h = st.slider("Step size h", 0.01, 1.0, 0.1, 0.01, key="euler_step", bind="query-params")
    layers = st.slider("Layers", 1, 60, 30, key="euler_layers", bind="query-params")
    solver = st.selectbox("Backward steps solved by", words.SOLVERS, key="euler_solver", bind="query-params")
newton, sides = solver == words.SOLVERS[0], None
if name != words.LEARNED:
    sides = given_sides(name, h, layers, newton=newton)
    finding = words.finding(amplifications(sides[0].values, h), h)
elif networks := ask_for(store(), owner(), "spirals", SpiralsQuestion(), SpiralNetwork, "Training both networks"):
    sides = learned_sides(networks, h, layers, newton=newton)
    finding = words.learned_finding(accuracies(networks, h, layers, newton=newton), h, layers)
if sides:
    fastest = max(sides[0].values.tolist(), key=lambda value: abs(1 + h * complex(*value)))
    show(euler(sides, h, scheme()), finding, words.formula(h, fastest))
    st.caption(
        f"{words.cost(sides[0].journey, sides[1].journey)} Grey: the field's own lines, by Runge and Kutta in 200 steps or "
        "more. Dots: where points start (small) and end. λ: eigenvalues of ∂F/∂x in the middle; for a learned field, at the "
        "starts, full and hollow dots being the two spirals."
    )
close(words.LAB, LABS)
