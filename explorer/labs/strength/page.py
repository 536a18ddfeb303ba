"""Branch strength: what comes back over the shortcut of one block, and what through its branch."""

import numpy as np
import streamlit as st

from explorer.drawing.numbers import spoken
from explorer.drawing.palette import ink
from explorer.labs.registry import LABS
from explorer.labs.result import StrengthGradient
from explorer.labs.strength.compute import gradient_terms, sizes
from explorer.labs.strength.figure import strength
from explorer.labs.strength.spec import StrengthQuestion
from explorer.labs.strength.words import LAB, finding, formula, handles, moved
from explorer.questions.attribution.studio import scheme
from explorer.ui.components.drag import draggable
from explorer.ui.lab import close, controls, measured, show, show_measured


def _coordinate(words: str, key: str, start: float) -> float:
    return round(st.slider(words, -3.0, 3.0, start, 0.1, key=f"strength_{key}", bind="query-params"), 1)


with controls(LAB):
    alpha = round(st.slider("Strength α", -2.0, 2.0, 1.0, 0.1, key="strength_alpha", bind="query-params"), 1)
    x = (_coordinate("Input x₁", "x1", -0.5), _coordinate("Input x₂", "x2", 1.5))
    t = (_coordinate("Wanted t₁", "t1", -1.0), _coordinate("Wanted t₂", "t2", -1.0))
asked = measured("strength", StrengthQuestion(alpha=alpha, x=x, t=t), StrengthGradient)
terms, alphas = gradient_terms(x, t, alpha), np.linspace(-2, 2, 81)
gradient = np.array(asked.results[0].gradient) if asked.results else None
picture = strength(np.array(x), np.array(t), alpha, terms, (alphas, sizes(x, t, alphas)), gradient, scheme())
show(picture, finding(terms), formula(terms, ink(1, scheme())))
draggable("lab_picture", handles(x, t, alpha), moved)
apart = 0.0 if gradient is None else float(np.abs(gradient - terms.together).max())
show_measured(
    asked,
    "Drag x, t, or α's line. "
    f"Circle: the same gradient by autograd; it is {spoken(apart)} from the sum of the two terms. Faint strokes: αh, at three "
    "tenths of its length.",
    "Differentiating",
)
close(LAB, LABS)
