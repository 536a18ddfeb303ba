"""What the skip-layer perceptron lab says."""

import numpy as np

from explorer.drawing.numbers import spoken, tex
from explorer.labs.lab import Lab, Try
from explorer.labs.skip_layer import figure as figures
from explorer.labs.skip_layer.compute import INSIDE, MOST, OUTSIDE, Fit, error, fit, samples, truth
from explorer.specs.control import Number

SLOPE = Number("skip_layer_slope", "Slope of the line", 1.5, low=-5.0, high=5.0, step=0.1)
HEIGHT = Number("skip_layer_height", "Height of the bump", 1.0, low=0.0, high=2.0, step=0.1)
HIDDEN = Number("skip_layer_hidden", "Hidden units", 4, low=1, high=MOST)
SEED = Number("skip_layer_seed", "Seed of noise and starts", 0, low=0, high=999)


def _try(label: str, see: str, slope: float, height: float, hidden: int) -> Try:
    return Try(label, see, {SLOPE: slope, HEIGHT: height, HIDDEN: hidden, SEED: 0})


def both(slope: float, height: float, hidden: int, seed: int) -> tuple[Fit, Fit]:
    """Return the fit without the input joined to the output, then the one with it."""
    x, y = samples(slope, height, seed)
    return fit(x, y, hidden, seed, joined=False), fit(x, y, hidden, seed, joined=True)


LAB = Lab(
    __name__,
    question="What if the input is joined straight to the output?",
    words=(
        "The oldest shortcut: a perceptron whose input also goes straight to its output. The linear path can take the line, and "
        "the hidden units learn only what is left. Without it, units that saturate must build the line too. Both are fitted to "
        "the same noisy points; where the ground is grey, there were none."
    ),
    tries=(
        _try("A steep line, a small bump", "Look outside the data: one fit goes on.", 3.0, 0.5, 4),
        _try("Only a line", "The path takes all of it.", 2.0, 0.0, 3),
        _try("Only a bump", "Nothing for the path to take.", 0.0, 1.5, 4),
    ),
    source="Document 000: Rosenblatt 1961, chapter 15; Venables and Ripley 1994, pages 261–262; Ripley 1996, page 144.",
    leaves_out="Depth: there is one hidden layer. A fit may end in a local minimum; the best of three starts is shown.",
    card=lambda scheme: figures.card(samples(1.5, 1.0, 0), both(1.5, 1.0, 4, 0), scheme),
    leads_to=("correction", "approximation"),
)


def finding(fits: tuple[Fit, Fit], slope: float, height: float) -> str:
    """Return in words what the linear path took, and how far both fits are off where there were no data."""
    x = np.concatenate([np.linspace(-OUTSIDE, -INSIDE, 50), np.linspace(INSIDE, OUTSIDE, 50)])
    off = [error(one, x, truth(x, slope, height)) for one in fits]
    return (
        f"The linear path takes a slope of {spoken(fits[1].c)} of {spoken(slope)}. Outside the data A is off by "
        f"{spoken(off[0])}, B by {spoken(off[1])} (root mean square)"
    )


def formula(one: Fit, colour: str) -> str:
    """Return the formula of the fit with the linear path, with its number."""
    slope = tex(one.c or 0.0)
    return (
        rf"\textcolor{{{colour}}}{{\hat y}} = b + c\,x + \sum_{{i=1}}^{{{len(one.w)}}} v_i \tanh(w_i x + u_i), \qquad "
        rf"\textcolor{{{colour}}}{{c = {slope}}}"
    )
