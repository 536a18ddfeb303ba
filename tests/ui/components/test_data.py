"""What Python hands to the modules has the fields that their types say."""

import re
from typing import Any

import pytest

from explorer.labs.strength.words import ALPHA
from explorer.runs.store import Store
from explorer.specs import PRESETS, NetworkSpec, outline
from explorer.ui.components.drag import Handle, _told
from explorer.ui.components.drawing import drawing
from explorer.ui.live import Frame
from explorer.ui.race import lane, race_data
from tests.conftest import ROOT
from tests.pages import fresh

__all__ = ["fresh"]
TYPES = (ROOT / "explorer" / "ui" / "components" / "static" / "data.d.ts").read_text()


def fields(name: str) -> set[str]:
    """Names of an interface's fields; those that may be missing end in a question mark."""
    found = re.search(rf"export interface {name}(?: extends (\w+))? \{{\n(.*?)\n\}}", TYPES, re.DOTALL)
    assert found, name
    own = {f"{field}{optional}" for field, optional in re.findall(r"^  (\w+)(\??):", found[2], re.MULTILINE)}
    return own | (fields(found[1]) if found[1] else set())


def examples() -> dict[str, dict[str, Any]]:
    race = PRESETS[0].race
    network = lane(0, race.networks[0], [])
    told = drawing(outline(NetworkSpec(depth=8)))
    return {
        "RaceData": race_data(race, [], "", lecture=False), "Lane": network, "Facts": network["facts"], "Drawing": told,
        "Run": told["runs"][0], "Layer": told["stem"][0], "Handle": _told(Handle("α", (ALPHA,))),
    }  # fmt: skip


@pytest.mark.parametrize("name", ["RaceData", "Lane", "Facts", "Drawing", "Run", "Layer", "Handle"])
def test_a_type_names_the_fields_of_what_is_handed_over(name: str) -> None:
    assert set(examples()[name]) == fields(name)


def test_a_type_names_the_fields_of_a_frames_header(store: Store) -> None:
    import json

    run = store.runs(limit=1)[0]
    data = Frame.of(run, 0, store.steps(run.id, 0), [], {}, store).data
    header = json.loads(data[4 : 4 + int.from_bytes(data[:4], "little")])
    always = {field for field in fields("Header") if not field.endswith("?")}
    assert always == set(header) - {"rewind", "rate", "seconds_left"}
