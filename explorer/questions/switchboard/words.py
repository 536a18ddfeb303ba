"""What the switch-board says, and its controls."""

from collections.abc import Sequence

from explorer.questions.switchboard.result import FirstStep
from explorer.specs.control import Choice, Number
from explorer.specs.network import Order, Shortcut

_RESIDUAL = tuple(one for one in Shortcut if one is not Shortcut.NONE)
ORDER = Choice("first_order", "Order", Order.POST, options=tuple(Order))
SHORTCUT = Choice("first_shortcut", "Shortcut of B", Shortcut.A, options=_RESIDUAL)
WIDTH = Number("first_width", "Width", 8, low=4, high=16, step=4)
SEED = Number("first_seed", "Seed", 0, low=0, high=2**31 - 1)
CAPTION = (
    "Before any training, one batch of 64 digits, training mode: the norm of the loss's gradient by the first weighted "
    "layer, A plain and B residual; bands go from the smallest to the largest norm of any layer. A line ends where fp32 "
    "does: the norm is 0 or not finite. Vanishing, explosion at initialisation and degradation are three different "
    "things: this picture shows the first two, a race on Explore the third."
)
_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def finding(results: Sequence[FirstStep]) -> str:
    """Return what He's initial weights do from the shallowest to the deepest network, as measured."""
    words = {"batch": "with batch norm", "none": "without normalisation"}
    told = []
    for normalisation, when in words.items():
        found = {one.plain: one.growth for one in results if one.normalisation == normalisation and one.scale == "He"}
        told.append(f"{when} by {_times(found[True])} in A plain and by {_times(found[False])} in B residual")
    return f"From depth 8 to 110, with He's weights, the first layer's gradient norm is multiplied {'; '.join(told)}"


def _times(growth: float | None) -> str:
    if growth is None:
        return "(not finite)"
    if 0.01 <= growth < 1000:
        return f"{growth:.3g}"
    size, power = f"{growth:.1e}".split("e")
    return f"{size} × 10{str(int(power)).translate(_SUPERSCRIPT)}"
