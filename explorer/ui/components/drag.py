"""Handles on a figure that can be dragged, or moved by the arrow keys."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from explorer.ui.components.mount import Component
from explorer.ui.components.names import Message

_COMPONENT = Component("drag", "drag.css")


@dataclass(frozen=True, slots=True)
class Handle:
    """A place on one panel of a figure; numbers are in units of the panel's axes."""

    name: str
    x: float
    y: float
    step: float
    """How far an arrow key moves it; places are rounded to it."""
    reach: tuple[float, float]
    """Least and greatest value of a coordinate that moves."""
    panel: int = 1
    across: bool = False
    """Whether it moves sideways only."""


def draggable(chart: str, handles: list[Handle], moved: Callable[[str, float, float], None]) -> None:
    """Lay handles on the figure of this key; `moved` runs before the script with a handle's name and new place."""

    def tell(told: Mapping[str, Any]) -> None:
        for one in handles:
            if one.name == told.get("name"):
                low, high = one.reach
                moved(one.name, *(min(high, max(low, float(told[axis]))) for axis in ("x", "y")))

    data = {"chart": chart, "handles": [asdict(one) for one in handles]}
    _COMPONENT.show(f"{chart}_drag", data, {Message.MOVED: tell})
