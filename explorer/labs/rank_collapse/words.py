"""What the rank collapse lab says."""

from explorer.drawing.numbers import spoken, tex
from explorer.labs.lab import Lab, Try
from explorer.labs.rank_collapse import figure as figures
from explorer.labs.rank_collapse.compute import Norm, attention_alone, draw, slope, trace
from explorer.labs.rank_collapse.figure import Networks
from explorer.specs.control import Number

LAYERS = Number("rank_collapse_layers", "Layers", 12, low=2, high=24)
SCALE = Number("rank_collapse_scale", "Scale of attention's weights", 1.0, low=0.25, high=3.0, step=0.25)
SPREAD = Number("rank_collapse_spread", "Spread of the tokens", 1.0, low=0.1, high=2.0, step=0.1)
SEED = Number("rank_collapse_seed", "Seed of tokens and weights", 0, low=0, high=999)
BOUND = 0.3
"""How close to 3 a slope counts as the bound's."""


def _try(label: str, see: str, layers: int, scale: float, spread: float) -> Try:
    return Try(label, see, {LAYERS: layers, SCALE: scale, SPREAD: spread, SEED: 0})


def networks(layers: int, scale: float, spread: float, seed: int) -> Networks:
    """Return all five networks of one draw."""
    tokens, weights = draw(layers, scale, spread, seed)
    return Networks(
        alone=attention_alone(tokens, weights),
        plain_mlp=trace(tokens, weights, shortcut=False, mlp=True),
        joined=trace(tokens, weights, shortcut=True, mlp=False),
        pre=trace(tokens, weights, shortcut=True, mlp=True, norm=Norm.PRE),
        post=trace(tokens, weights, shortcut=True, mlp=True, norm=Norm.POST),
    )


LAB = Lab(
    __name__,
    question="Why can attention not do without shortcuts?",
    words=(
        "Attention replaces every token by a weighted mean of all. Layer upon layer, the tokens become the same, and $X$ a matrix "
        "of rank one: nothing is left to tell them apart. Each layer *cubes* the distance that is left, so it falls doubly "
        "exponentially. A shortcut carries what differs past the mean."
    ),
    tries=(
        _try("Tokens that are close already", "Each step down is three times the last.", 8, 1.0, 0.1),
        _try("Large weights", "Sharp attention averages less: collapse comes later.", 12, 2.0, 1.0),
        _try("Many layers", "Pre-norm keeps tokens apart longest.", 24, 1.0, 1.0),
    ),
    source=(
        "Document 000; Dong et al. 2021, *Attention is not all you need*, arXiv:2103.03404, theorem 2.2; pre- and post-norm: "
        "Xiong et al. 2020, arXiv:2002.04745."
    ),
    leaves_out="Training, several heads, and the bound's constant: only its power of the distance is compared.",
    card=lambda scheme: figures.card(networks(8, 1.0, 1.0, 0), scheme),
    leads_to=("gate", "highway"),
)


def finding(told: Networks) -> str:
    """Return in words how far apart tokens are at the end, and whether each layer cubes their distance."""
    found = slope(told.alone)
    words = (
        f"After {len(told.alone) - 1} layers of attention the distance is {_distance(told.alone[-1])} without shortcuts, "
        f"{spoken(float(told.joined.distances[-1]))} with them"
    )
    if found is not None and abs(found - 3) < BOUND:
        return f"{words}; without, each layer cubes it"
    return words


def formula(told: Networks) -> str:
    """Return the bound's form, and the measured power."""
    found = slope(told.alone)
    power = r"\text{too few layers}" if found is None else tex(found)
    return (
        r"r_{l+1} \le C\,r_l^{\,3} \;\Rightarrow\; r_L \lesssim r_0^{\,3^L} \qquad "
        rf"\frac{{\log r_{{l+2}} - \log r_{{l+1}}}}{{\log r_{{l+1}} - \log r_l}} = {power} \quad (\text{{bound: }} 3)"
    )


def _distance(value: float) -> str:
    return spoken(float(value)) if value > 0 else "below 10⁻³⁰⁰"
