"""What the rank collapse lab says."""

from explorer.drawing.numbers import spoken, tex
from explorer.labs.rank_collapse import figure as figures
from explorer.labs.rank_collapse.compute import Norm, attention_alone, draw, slope, trace
from explorer.labs.rank_collapse.figure import Networks
from explorer.labs.lab import Lab, Try

BOUND = 0.3
"""How close to 3 a slope counts as the bound's."""


def _try(label: str, see: str, layers: int, scale: float, spread: float) -> Try:
    values = {"layers": layers, "scale": scale, "spread": spread, "seed": 0}
    return Try(label, see, {f"rank_collapse_{name}": value for name, value in values.items()})


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
    name="rank_collapse",
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
