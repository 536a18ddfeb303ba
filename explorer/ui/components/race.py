"""The stage of the Explore page: diagrams, live charts and heat maps on one depth axis."""

from collections.abc import Callable
from typing import Any

from explorer.ui.components.mount import component

_MOUNT = component("stage", "stage.js", "diagram.css", "stage.css")


def stage(
    data: dict[str, Any],
    *,
    on_race: Callable[[], None],
    on_resume: Callable[[], None],
    on_preset: Callable[[], None],
    on_lecture: Callable[[], None],
    on_block: Callable[[], None],
) -> None:
    """Show the networks and runs of `data` (see `explorer.ui.staging.stage_data` for its form).

    The callbacks run before the script: a race was asked for, a stopped one shall go on, key 1 to 9 was pressed
    (number in session_state.stage.preset), the lecture switch was turned (session_state.stage.lecture), a block was
    opened (its name in session_state.stage.block).
    """
    _MOUNT(
        key="stage",
        data=data,
        on_race_change=on_race,
        on_resume_change=on_resume,
        on_preset_change=on_preset,
        on_lecture_change=on_lecture,
        on_block_change=on_block,
    )
