"""Approximation: a function near the identity or far from it, learned whole and without x."""

import streamlit as st

from explorer.labs.approximation.compute import function, line
from explorer.labs.approximation.figure import approximation
from explorer.labs.approximation.spec import ApproximationQuestion, parameters, wide_units
from explorer.labs.approximation.words import LAB, finding, formula
from explorer.labs.registry import LABS
from explorer.labs.result import Approximation
from explorer.questions.attribution.studio import scheme
from explorer.ui.lab import close, controls, show, trained

with controls(LAB):
    slope = st.slider(
        "Slope of f (1: near the identity)", -1.0, 1.0, 1.0, 0.1, key="approximation_slope", bind="query-params"
    )
    wiggle = st.slider("Wiggle of f", 0.0, 1.0, 0.3, 0.05, key="approximation_wiggle", bind="query-params")
    blocks = st.slider("Blocks", 1, 12, 4, key="approximation_blocks", bind="query-params")
    units = st.slider("Units in a block", 1, 8, 4, key="approximation_units", bind="query-params")
    seed = st.number_input("Seed", 0, 999, 0, key="approximation_seed", bind="query-params")
question = ApproximationQuestion(slope=round(slope, 1), wiggle=round(wiggle, 2), blocks=blocks, units=units, seed=seed)
if results := trained("approximation", question, Approximation, "Training four networks"):
    f = function(line(), question.slope, question.wiggle)
    show(approximation(line(), f, results, scheme()), finding(results), formula(question.slope, question.wiggle))
    wide = wide_units(blocks, units)
    st.caption(
        f"101 points; Adam, 400 steps, all points at a time. B has a shortcut around every block, C one around all. A, B, C: "
        f"{blocks} × {units} units, {parameters(blocks, units)} parameters; D: {wide} units, {parameters(1, wide)}. Dotted: what "
        "is wanted. Norms are root mean squares."
    )
close(LAB, LABS)
