from typing import Any

import pytest

from explorer.labs.strength.words import ALPHA, T1, T2, X1, X2
from explorer.ui.components import drag
from explorer.ui.components.drag import Handle, draggable

HANDLES = [Handle("x", (X1, X2)), Handle("t", (T1, T2)), Handle("α", (ALPHA,), panel=3)]


def dragged(monkeypatch: pytest.MonkeyPatch, told: dict[str, Any]) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The handles that the browser got, and what the session holds after it told of a move."""
    mounted: dict[str, Any] = {}
    state: dict[str, Any] = {"plane_drag": {"moved": told}, "strength_x1": 0.5, "strength_alpha": 0.30000001}
    monkeypatch.setattr(drag._COMPONENT, "_mount", lambda **fields: mounted.update(fields))
    monkeypatch.setattr("streamlit.session_state", state)
    draggable("plane", HANDLES)
    mounted["on_moved_change"]()
    return mounted["data"]["handles"], {key: state[key] for key in state if key != "plane_drag"}


def test_a_handle_stands_where_its_controls_do(monkeypatch: pytest.MonkeyPatch) -> None:
    handles, _ = dragged(monkeypatch, {})
    assert [(one["name"], one["x"], one["y"], one["across"], one["panel"]) for one in handles] == [
        ("x", 0.5, 1.5, False, 1), ("t", -1.0, -1.0, False, 1), ("α", 0.3, 0.0, True, 3),
    ]  # fmt: skip
    assert [(one["step"], one["reach"]) for one in handles] == [(0.1, (-3.0, 3.0))] * 2 + [(0.1, (-2.0, 2.0))]


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ({"name": "t", "x": 1.04, "y": -2.96}, {"strength_t1": 1.0, "strength_t2": -3.0}),
        ({"name": "α", "x": 0.5, "y": 7.0}, {"strength_alpha": 0.5}),
        ({"name": "x", "x": 9, "y": -9}, {"strength_x1": 3.0, "strength_x2": -3.0}),
        ({"name": "y", "x": 1, "y": 1}, {}),
        ({}, {}),
    ],
)
def test_a_move_sets_the_handles_controls_within_their_ends(
    monkeypatch: pytest.MonkeyPatch, told: dict[str, Any], kept: dict[str, float]
) -> None:
    _, state = dragged(monkeypatch, told)
    assert state == {"strength_x1": 0.5, "strength_alpha": 0.30000001, **kept}
