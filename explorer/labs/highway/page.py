"""Gradient highway: what L layers make of a gradient, with and without shortcuts."""

from explorer.drawing.palette import ink
from explorer.labs.highway.compute import matrix_factors, scalar_factors
from explorer.labs.highway.figure import highway
from explorer.labs.highway.result import QUESTION
from explorer.labs.highway.spec import HighwaySpec
from explorer.labs.highway.words import LAB, LAYERS, SEED, WIDTH, A, finding, formula
from explorer.ui.figures import scheme
from explorer.ui.lab import close, controls, measured, show, show_measured
from explorer.ui.widgets import number_input, select_slider, slider

with controls(LAB):
    a, depth, width, seed = slider(A), slider(LAYERS), select_slider(WIDTH), number_input(SEED)
asked = measured(QUESTION, HighwaySpec(a=a))
picture = highway(scalar_factors(a), matrix_factors(a, width, seed), depth, asked.results[0] if asked.results else None, scheme())
show(picture, finding(a, depth), formula(a, depth, (ink(0, scheme()), ink(1, scheme()))))
show_measured(
    asked,
    "Lines: the formula. Circles: measured by autograd on a real scalar network, fp32; they end where fp32 does. "
    "Bands: from the smallest to the largest singular value of the product of the layers' Jacobians, $\\prod J$ and "
    "$\\prod (I+J)$; lines in them: the geometric mean of all.",
)
close(LAB)
