"""Diagrams whose blocks can be clicked: to take them away, or to look at one of them."""

from collections.abc import Callable, Sequence
from typing import Any

from explorer.ui.components.mount import component
from explorer.ui.state import Kept

_MOUNT = component("blocks", "blocks.js", "diagram.css")
_TOGGLED: Kept[dict[str, str]] = Kept("toggled_blocks", {})
_CHOSEN: Kept[dict[str, str]] = Kept("block_choice", {})


def toggle_blocks(lanes: Sequence[dict[str, Any]], removed: Sequence[str], on_toggle: Callable[[str], None]) -> None:
    """Show networks (see `explorer.ui.staging.lane`) with the branches of some blocks dropped.

    The callback runs before the script with the name of a block that was clicked.
    """
    hint = "Click a block to take its branch away or to bring it back."
    _show(_TOGGLED, {"lanes": lanes, "removed": list(removed), "hint": hint}, on_toggle)


def choose_block(lanes: Sequence[dict[str, Any]], chosen: str, on_choose: Callable[[str], None]) -> None:
    """Show networks with one block marked; the callback runs before the script with a clicked block's name."""
    data = {"lanes": lanes, "removed": [], "chosen": chosen, "hint": "Click a block to look at it."}
    _show(_CHOSEN, data, on_choose)


def _show(told: Kept[dict[str, str]], data: dict[str, Any], heard: Callable[[str], None]) -> None:
    _MOUNT(key=told.key, data=data, on_toggle_change=lambda: heard(told.get()["toggle"]))
