"""Diagrams whose blocks can be taken away by a click."""

from collections.abc import Callable, Sequence
from typing import Any

from explorer.ui.components.mount import component

_MOUNT = component("dissect", "dissect.js", "diagram.css")


def dissect(lanes: Sequence[dict[str, Any]], removed: Sequence[str], on_toggle: Callable[[], None]) -> None:
    """Show networks (see `explorer.ui.staging.lane`) with the branches of some blocks dropped.

    The callback runs before the script when a block was clicked; its name is in session_state.dissect.toggle.
    """
    _MOUNT(key="dissect", data={"lanes": lanes, "removed": list(removed)}, on_toggle_change=on_toggle)
