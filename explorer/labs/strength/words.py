"""What the branch strength lab says."""

from collections.abc import Sequence

import numpy as np

from explorer.drawing.numbers import spoken
from explorer.labs import Array
from explorer.labs.lab import Lab, Try
from explorer.labs.strength import figure as figures
from explorer.labs.strength.compute import Terms, gradient_terms
from explorer.specs.control import Number

ALPHA = Number("strength_alpha", "Strength α", 1.0, low=-2.0, high=2.0, step=0.1)
X1 = Number("strength_x1", "Input x₁", -0.5, low=-3.0, high=3.0, step=0.1)
X2 = Number("strength_x2", "Input x₂", 1.5, low=-3.0, high=3.0, step=0.1)
T1 = Number("strength_t1", "Wanted t₁", -1.0, low=-3.0, high=3.0, step=0.1)
T2 = Number("strength_t2", "Wanted t₂", -1.0, low=-3.0, high=3.0, step=0.1)

CANCELLED, ALONG = 0.25, 0.2
"""Where the gradient is below this share of the shortcut's term, and where a cosine is above this, words say so."""


def _try(label: str, see: str, alpha: float, x: Sequence[float], t: Sequence[float]) -> Try:
    return Try(label, see, dict(zip((ALPHA, X1, X2, T1, T2), (alpha, *x, *t), strict=True)))


LAB = Lab(
    __name__,
    question="What does a block's input hear of the error?",
    words=(
        "A block gives $y = x + \\alpha h(x)$: the branch $h$, a small network, with strength $\\alpha$. If $t$ was wanted, "
        "the loss is $\\tfrac12\\lVert y-t\\rVert^2$, and its gradient by $x$ has two terms. One comes over the shortcut: the "
        "error itself, whatever $h$ does. The other comes through the branch, turned and scaled by its Jacobian $J$."
    ),
    tries=(
        _try("The branch switched off", "Only the error itself comes back.", 0.0, (-0.5, 1.5), (-1.0, -1.0)),
        _try("A saturated branch", "tanh is flat there: little comes through h.", 1.0, (3.0, 3.0), (0.0, 0.0)),
        _try("Terms that cancel", "A shortcut is no guarantee: both together nearly nothing.", -0.8, (0.0, -0.5), (2.0, -2.0)),
    ),
    source="Document 004, the formalised highway; the same sum for many blocks: He et al. 2016, arXiv:1603.05027, equation 5.",
    leaves_out="That h learns. Here its weights are drawn once and stay; only x, t and α move.",
    card=lambda scheme: figures.card(gradient_terms((-0.5, 1.5), (-1, -1), 1.0), scheme),
    leads_to=("gate", "euler"),
)


def finding(terms: Terms) -> str:
    """Return in words what each term is worth and how they stand to each other."""
    whole, over, through = (float(np.linalg.norm(part)) for part in (terms.together, terms.shortcut, terms.branch))
    told = f"The gradient's norm is {spoken(whole)}: {spoken(over)} over the shortcut, {spoken(through)} through the branch"
    if terms.cosine is None:
        return told
    if whole < CANCELLED * over:
        return f"{told}; they nearly cancel"
    if abs(terms.cosine) < ALONG:
        return f"{told}, nearly at right angles"
    return f"{told}; they pull {'the same way' if terms.cosine > 0 else 'against each other'}"


def formula(terms: Terms, colour: str) -> str:
    """Return the formula with these numbers; `colour` is the residual network's."""
    return (
        rf"\textcolor{{{colour}}}{{\nabla_x L}} = (y-t) + \alpha J_h^{{\top}}(y-t) = "
        rf"{_pair(terms.shortcut)} + {_pair(terms.branch)} = \textcolor{{{colour}}}{{{_pair(terms.together)}}}"
    )


def _pair(values: Array) -> str:
    first, second = (f"{value:.2f}" for value in values + 0.0)
    return rf"\begin{{pmatrix}}{first}\\{second}\end{{pmatrix}}"
