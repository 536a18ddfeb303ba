"""Learn what is left to learn: points that are nearly on the right side of a boundary."""

import numpy as np
import streamlit as st

from explorer.labs.correction.figure import correction
from explorer.labs.correction.result import QUESTION
from explorer.labs.correction.spec import POINTS, CorrectionSpec
from explorer.labs.correction.words import LAB, SEED, STEP, WIGGLE, finding, formula, plane, seconds
from explorer.ui.figures import scheme
from explorer.ui.lab import close, controls, show, trained
from explorer.ui.widgets import number_input, select_slider, slider

SHOWN = 150

with controls(LAB):
    step, wiggle, seed = select_slider(STEP), slider(WIGGLE), number_input(SEED)
if results := trained(QUESTION, CorrectionSpec(wiggle=wiggle, seed=seed)):
    drawn, told = plane(wiggle, seed, POINTS), seconds(results, step)
    identity = float(np.mean((drawn.points[:, 1] > 0) == (np.array(drawn.labels) > 0)))
    right = [(identity,), *(one.right for one in results)]
    picture = correction(plane(wiggle, seed, SHOWN), told, right, step, scheme())
    show(picture, finding(told, wiggle, step), formula(told))
    st.caption(
        f"{POINTS} points are learned, {SHOWN} of them drawn; full points are of class 1, green ground is decided for it. Both "
        "networks have 16 tanh units and start with the same weights; Adam, all points at a time. Norms are root mean squares "
        "over the square."
    )
close(LAB)
