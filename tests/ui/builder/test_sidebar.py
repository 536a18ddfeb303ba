from typing import Any

import pytest

from explorer.specs import PRESETS
from explorer.ui.builder.words import PRESET_NAMES
from tests.pages import fresh, opened

__all__ = ["fresh"]


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_every_preset_sets_the_builder_to_its_race(preset: Any) -> None:
    test = opened("explore")
    test.pills(key="preset").set_value(preset.name).run()
    assert not test.exception
    assert test.session_state["race"].experiments == preset.race.experiments


@pytest.mark.parametrize("name", PRESET_NAMES)
def test_a_presets_place_among_them_loads_it_too(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from explorer.ui.builder import sidebar

    loaded: list[Any] = []
    monkeypatch.setattr(sidebar, "load", loaded.append)
    sidebar.load_numbered(list(PRESET_NAMES).index(name) + 1)
    sidebar.load_numbered(len(PRESET_NAMES) + 1)
    assert loaded == [preset.race for preset in PRESETS if preset.name == name]
