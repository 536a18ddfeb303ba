"""Switch-board: normalisation and initialisation against depth, before any training."""

import streamlit as st

from explorer.questions.attribution.studio import scheme
from explorer.questions.switchboard.figure import switchboard
from explorer.questions.switchboard.result import FirstStep
from explorer.questions.switchboard.spec import SwitchboardRequest
from explorer.specs import Order, Shortcut
from explorer.ui.asking import CONFIG, ask_for
from explorer.ui.cache import owner, store

SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def _choose() -> SwitchboardRequest:
    orders = tuple(Order)
    options = tuple(one for one in Shortcut if one is not Shortcut.NONE)
    return SwitchboardRequest(
        order=st.selectbox("Order", orders, key="first_order", bind="query-params"),
        shortcut=st.selectbox("Shortcut of B", options, key="first_shortcut", bind="query-params"),
        width=st.number_input("Width", 4, 16, 8, 4, key="first_width", bind="query-params"),
        seed=st.number_input("Seed", 0, 2**31 - 1, 0, key="first_seed", bind="query-params"),
    )


def _finding(results: tuple[FirstStep, ...]) -> str:
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
    return f"{size} × 10{str(int(power)).translate(SUPERSCRIPT)}"


with st.sidebar:
    request = _choose()
results = ask_for(store(), owner(), "switchboard", request, FirstStep, "Measuring first gradients")
if results:
    st.markdown(f"**{_finding(results)}**")
    st.plotly_chart(switchboard(results, scheme()), key="panels", theme=None, config=CONFIG, alt=_finding(results))
    st.caption(
        "Before any training, one batch of 64 digits, training mode: the norm of the loss's gradient by the first weighted "
        "layer, A plain and B residual; bands go from the smallest to the largest norm of any layer. A line ends where fp32 "
        "does: the norm is 0 or not finite. Vanishing, explosion at initialisation and degradation are three different "
        "things: this picture shows the first two, a race on Explore the third."
    )
