"""Approximation: a function near the identity or far from it, learned whole and without x."""

import streamlit as st

from explorer.labs.approximation.compute import function, line
from explorer.labs.approximation.figure import approximation
from explorer.labs.approximation.result import QUESTION
from explorer.labs.approximation.spec import ApproximationSpec, parameters, wide_units
from explorer.labs.approximation.words import BLOCKS, LAB, SEED, SLOPE, UNITS, WIGGLE, finding, formula
from explorer.ui.figures import scheme
from explorer.ui.lab import close, controls, show, trained
from explorer.ui.widgets import number_input, slider

with controls(LAB):
    slope, wiggle, blocks, units = slider(SLOPE), slider(WIGGLE), slider(BLOCKS), slider(UNITS)
    seed = number_input(SEED)
spec = ApproximationSpec(slope=slope, wiggle=wiggle, blocks=blocks, units=units, seed=seed)
if results := trained(QUESTION, spec):
    picture = approximation(line(), function(line(), slope, wiggle), results, scheme())
    show(picture, finding(results), formula(slope, wiggle))
    wide = wide_units(blocks, units)
    st.caption(
        f"101 points; Adam, 400 steps, all points at a time. B has a shortcut around every block, C one around all. A, B, C: "
        f"{blocks} × {units} units, {parameters(blocks, units)} parameters; D: {wide} units, {parameters(1, wide)}. Dotted: what "
        "is wanted. Norms are root mean squares."
    )
close(LAB)
