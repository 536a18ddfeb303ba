"""Learn what is left to learn: points that are nearly on the right side of a boundary."""

import numpy as np
import streamlit as st

from explorer.labs.correction.figure import correction
from explorer.labs.correction.spec import POINTS, SNAPSHOTS, CorrectionQuestion
from explorer.labs.correction.words import LAB, finding, formula, plane, seconds
from explorer.labs.registry import LABS
from explorer.labs.result import Correction
from explorer.questions.attribution.studio import scheme
from explorer.ui.lab import close, controls, show, trained

SHOWN = 150

with controls(LAB):
    step = st.select_slider("Step of training", SNAPSHOTS, 50, key="correction_step", bind="query-params")
    wiggle = st.slider("Wiggle of the boundary", 0.0, 1.0, 0.4, 0.05, key="correction_wiggle", bind="query-params")
    seed = st.number_input("Seed", 0, 99, 0, key="correction_seed", bind="query-params")
question = CorrectionQuestion(wiggle=round(wiggle, 2), seed=seed)
if results := trained("correction", question, Correction, "Training both mappings"):
    drawn = plane(question.wiggle, seed, POINTS)
    identity = float(np.mean((drawn.points[:, 1] > 0) == (np.array(drawn.labels) > 0)))
    told = seconds(results, step)
    picture = correction(
        plane(question.wiggle, seed, SHOWN), told, [(identity,), *(one.right for one in results)], step, scheme()
    )
    show(picture, finding(told, question.wiggle, step), formula(told))
    st.caption(
        f"{POINTS} points are learned, {SHOWN} of them drawn; full points are of class 1, green ground is decided for it. Both "
        "networks have 16 tanh units and start with the same weights; Adam, all points at a time. Norms are root mean squares "
        "over the square."
    )
close(LAB, LABS)
