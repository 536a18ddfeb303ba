"""Diagrams whose blocks can be clicked: to take them away, or to look at one of them."""

from collections.abc import Callable, Sequence
from typing import Any

from explorer.ui.components.mount import component

_MOUNT = component("blocks", "blocks.js", "diagram.css")


def dissect(lanes: Sequence[dict[str, Any]], removed: Sequence[str], on_toggle: Callable[[], None]) -> None:
    """Show networks (see `explorer.ui.staging.lane`) with the branches of some blocks dropped.

    The callback runs before the script when a block was clicked; its name is in session_state.dissect.toggle.
    """
    hint = "Click a block to take its branch away or to bring it back."
    _MOUNT(key="dissect", data={"lanes": lanes, "removed": list(removed), "hint": hint}, on_toggle_change=on_toggle)


def choose_block(lanes: Sequence[dict[str, Any]], chosen: str, on_choose: Callable[[], None]) -> None:
    """Show networks with one block marked.

    The callback runs before the script when a block was clicked; its name is in session_state.block_choice.toggle.
    """
    data = {"lanes": lanes, "removed": [], "chosen": chosen, "hint": "Click a block to look at it."}
    _MOUNT(key="block_choice", data=data, on_toggle_change=on_choose)
