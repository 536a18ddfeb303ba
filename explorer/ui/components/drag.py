"""Handles on a figure that can be dragged, or moved by the arrow keys."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from explorer.specs.control import Number
from explorer.ui.components.mount import Component
from explorer.ui.components.names import Message
from explorer.ui.widgets import set_value, value

_COMPONENT = Component("drag", "drag.css")


@dataclass(frozen=True, slots=True)
class Handle:
    """A place on one panel of a figure: that of its controls, in units of the panel's axes."""

    name: str
    controls: tuple[Number[float], ...]
    """The coordinate that goes sideways, and the one that goes up, if it does; both have the same step and ends."""
    panel: int = 1


def draggable(chart: str, handles: list[Handle]) -> None:
    """Lay handles on the figure of this key; a handle that is moved sets its controls before the script runs."""

    def tell(told: Mapping[str, Any]) -> None:
        for one in handles:
            if one.name == told.get("name"):
                for control, axis in zip(one.controls, "xy", strict=False):
                    set_value(control, round(min(control.high, max(control.low, float(told[axis]))), control.digits))

    data = {"chart": chart, "handles": [_told(one) for one in handles]}
    _COMPONENT.show(f"{chart}_drag", data, {Message.MOVED: tell})


def _told(one: Handle) -> dict[str, Any]:
    first = one.controls[0]
    places: list[float] = [value(control) for control in one.controls]
    x, y = (round(place, first.digits) for place in (*places, 0.0)[:2])
    reach = {"step": first.step, "reach": (first.low, first.high)}
    return {"name": one.name, "x": x, "y": y, **reach, "panel": one.panel, "across": len(places) == 1}
