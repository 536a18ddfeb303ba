"""The race of the Explore page: diagrams, live charts and heat maps on one depth axis."""

from collections.abc import Callable
from typing import Any

from explorer.ui.components.mount import Component
from explorer.ui.components.names import Message

_COMPONENT = Component("race", "diagram.css", "race.css")


def race_view(
    data: dict[str, Any],
    *,
    on_race: Callable[[], None],
    on_resume: Callable[[], None],
    on_preset: Callable[[int], None],
    on_lecture: Callable[[bool], None],
    on_block: Callable[[str], None],
) -> None:
    """Show the networks and runs of `data` (see `explorer.ui.race.race_data` for its form).

    The callbacks run before the script: a race was asked for, a stopped one shall go on, key 1 to 9 was pressed, the lecture
    switch was turned on or off, a block of this name was opened.
    """
    heard: dict[Message, Callable[[Any], None]] = {
        Message.RACE: lambda _: on_race(),
        Message.RESUME: lambda _: on_resume(),
        Message.PRESET: on_preset,
        Message.LECTURE: on_lecture,
        Message.BLOCK: on_block,
    }
    _COMPONENT.show("race_view", data, heard)
