"""Network A, and its rivals as copies of A plus what differs."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from explorer.drawing.palette import COLOURS, LETTERS, css_ink
from explorer.specs import Block, Normalisation, Order, Shortcut, depths
from explorer.specs.control import Control
from explorer.ui.builder.columns import show_columns
from explorer.ui.builder.words import DIFFERS, NETWORKS
from explorer.ui.widgets import is_set, multiselect, set_value, value

_FIRST, _MORE = ("depth", "shortcut", "block", "order"), ("width", "normalisation", "branch_scale", "zero_last_gain")
_PAIRS: dict[str, tuple[object, object]] = {
    "depth": (56, 20),
    "width": (16, 8),
    "branch_scale": (0.5, 1.0),
    "zero_last_gain": (True, False),
    "block": (Block.BOTTLENECK, Block.BASIC),
    "order": (Order.PRE, Order.POST),
    "shortcut": (Shortcut.A, Shortcut.NONE),
    "normalisation": (Normalisation.NONE, Normalisation.BATCH),
}


def show_first() -> dict[str, object]:
    """Draw network A and return its fields."""
    _heading("A", "the first network")
    values = _show("A", {name: NETWORKS["A"][name].start for name in _FIRST})
    with st.expander("More of A", key="more_of_a"):
        return values | _show("A", {name: NETWORKS["A"][name].start for name in _MORE})


def show_rival(letter: str, first: Mapping[str, object]) -> dict[str, object]:
    """Draw what differs from A and return those fields."""
    _heading(letter, "as A, except for")
    differs = multiselect(DIFFERS[letter])
    return _show(letter, {name: other(name, first[name]) for name in differs})


def other(name: str, value: object) -> object:
    """Return where a rival begins when it shall differ in a field: what A is not."""
    wanted, otherwise = _PAIRS[name]
    return otherwise if value == wanted else wanted


def _heading(letter: str, words: str) -> None:
    index = LETTERS.index(letter)
    rule, mark = f"border-top:2px solid {COLOURS[index]};padding-top:4px", f"color:{css_ink(index)}"
    st.html(f'<div style="{rule}"><b style="{mark}">{letter}</b> {words}</div>')


def _show(letter: str, starts: Mapping[str, Any]) -> dict[str, object]:
    """Draw some fields of a network from where they shall begin."""
    controls: dict[str, Control[Any]] = {
        name: replace(NETWORKS[letter][name], start=start, **(_bounds(letter) if name == "depth" else {}))
        for name, start in starts.items()
    }
    return show_columns(controls, block={"on_change": _fit_depth, "args": (letter,)})


def _fitting(letter: str) -> range:
    own = letter if is_set(NETWORKS[letter]["block"]) else "A"
    return depths(Block(value(NETWORKS[own]["block"])))


def _bounds(letter: str) -> dict[str, Any]:
    fitting = _fitting(letter)
    return {"low": fitting[0], "high": fitting[-1], "step": fitting.step}


def _fit_depth(letter: str) -> None:
    """Another block has another form: move the depth to the nearest that fits."""
    depth = NETWORKS[letter]["depth"]
    if is_set(depth):
        set_value(depth, min(_fitting(letter), key=lambda one: abs(one - value(depth))))
