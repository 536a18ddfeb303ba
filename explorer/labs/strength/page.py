"""Branch strength: what comes back over the shortcut of one block, and what through its branch."""

import numpy as np

from explorer.drawing.numbers import spoken
from explorer.drawing.palette import ink
from explorer.labs.strength.compute import gradient_terms, sizes
from explorer.labs.strength.figure import strength
from explorer.labs.strength.result import QUESTION
from explorer.labs.strength.spec import StrengthSpec
from explorer.labs.strength.words import ALPHA, LAB, T1, T2, X1, X2, finding, formula
from explorer.ui.components.drag import Handle, draggable
from explorer.ui.figures import scheme
from explorer.ui.lab import close, controls, measured, show, show_measured
from explorer.ui.widgets import slider

with controls(LAB):
    alpha, x, t = slider(ALPHA), (slider(X1), slider(X2)), (slider(T1), slider(T2))
asked = measured(QUESTION, StrengthSpec(alpha=alpha, x=x, t=t))
terms, alphas = gradient_terms(x, t, alpha), np.linspace(-2, 2, 81)
gradient = np.array(asked.results[0].gradient) if asked.results else None
picture = strength(np.array(x), np.array(t), alpha, terms, (alphas, sizes(x, t, alphas)), gradient, scheme())
show(picture, finding(terms), formula(terms, ink(1, scheme())))
draggable("lab_picture", [Handle("x", (X1, X2)), Handle("t", (T1, T2)), Handle("α", (ALPHA,), panel=3)])
apart = 0.0 if gradient is None else float(np.abs(gradient - terms.together).max())
show_measured(
    asked,
    "Drag x, t, or α's line. "
    f"Circle: the same gradient by autograd; it is {spoken(apart)} from the sum of the two terms. Faint strokes: αh, at three "
    "tenths of its length.",
)
close(LAB)
