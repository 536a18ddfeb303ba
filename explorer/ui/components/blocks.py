"""Diagrams whose blocks can be clicked: to take them away, or to look at one of them."""

from collections.abc import Callable, Sequence
from typing import Any

from explorer.ui.components.mount import Component
from explorer.ui.components.names import Message

_COMPONENT = Component("blocks", "diagram.css")


def toggle_blocks(lanes: Sequence[dict[str, Any]], removed: Sequence[str], on_toggle: Callable[[str], None]) -> None:
    """Show networks (see `explorer.ui.race.lane`) with the branches of some blocks dropped.

    The callback runs before the script with the name of a block that was clicked.
    """
    hint = "Click a block to take its branch away or to bring it back."
    data = {"lanes": lanes, "removed": list(removed), "hint": hint}
    _COMPONENT.show("toggled_blocks", data, {Message.TOGGLE: on_toggle})


def choose_block(lanes: Sequence[dict[str, Any]], chosen: str, on_choose: Callable[[str], None]) -> None:
    """Show networks with one block marked; the callback runs before the script with a clicked block's name."""
    data = {"lanes": lanes, "removed": [], "chosen": chosen, "hint": "Click a block to look at it."}
    _COMPONENT.show("block_choice", data, {Message.TOGGLE: on_choose})
