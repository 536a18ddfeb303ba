"""Gradient highway: what L layers make of a gradient, with and without shortcuts."""

import streamlit as st

from explorer.drawing.palette import ink
from explorer.labs.highway.compute import DEPTH, matrix_factors, scalar_factors
from explorer.labs.highway.figure import highway
from explorer.labs.highway.spec import HighwayQuestion
from explorer.labs.highway.words import LAB, finding, formula
from explorer.labs.registry import LABS
from explorer.labs.result import HighwayGradient
from explorer.questions.attribution.studio import scheme
from explorer.ui.lab import close, controls, measured, show, show_measured

with controls(LAB):
    a = st.slider("Slope a of a layer", -2.0, 2.0, 0.5, 0.05, key="highway_a", bind="query-params")
    depth = st.slider("Layers L", 1, DEPTH, 20, key="highway_depth", bind="query-params")
    width = st.select_slider("Width of the matrices", (2, 4, 8, 16, 32), 16, key="highway_width", bind="query-params")
    seed = st.number_input("Seed of the matrices", 0, 999, 0, key="highway_seed", bind="query-params")
a = round(a, 2)
asked = measured("highway", HighwayQuestion(a=a), HighwayGradient)
picture = highway(
    scalar_factors(a), matrix_factors(a, width, seed), depth, asked.results[0] if asked.results else None, scheme()
)
show(picture, finding(a, depth), formula(a, depth, (ink(0, scheme()), ink(1, scheme()))))
show_measured(
    asked,
    "Lines: the formula. Circles: measured by autograd on a real scalar network, fp32; they end where fp32 does. "
    "Bands: from the smallest to the largest singular value of the product of the layers' Jacobians, $\\prod J$ and "
    "$\\prod (I+J)$; lines in them: the geometric mean of all.",
    "Differentiating",
)
close(LAB, LABS)
