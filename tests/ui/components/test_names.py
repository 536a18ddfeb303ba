import json
import re

import pytest

from explorer.runs.records import Command, RunState
from explorer.ui.components import names
from explorer.ui.components.names import Message
from tests.conftest import ROOT

STATIC = ROOT / "explorer" / "ui" / "components" / "static"
TOLD = (STATIC / "names.js").read_text()


def declared(name: str) -> str:
    found = re.search(rf"export const {name} = (?:/\*\* @type .*? \*/ \()?(.*?)\)?;\n", TOLD, re.DOTALL)
    assert found, name
    return found[1]


@pytest.mark.parametrize("name", ["STATIC", "LIVE", "KEYED"])
def test_both_languages_give_a_place_the_same_name(name: str) -> None:
    assert json.loads(declared(name)) == getattr(names, name)


def test_a_component_tells_what_the_page_hears() -> None:
    told = dict(re.findall(r'(\w+): "(\w+)"', declared("MESSAGES")))
    assert told == {message.name.lower(): message.value for message in Message}


@pytest.mark.parametrize(("name", "words"), [("COMMANDS", Command), ("STATES", RunState)])
def test_commands_and_states_are_those_of_runs(name: str, words: type[Command] | type[RunState]) -> None:
    assert set(json.loads(declared(name))) == {word.value for word in words if word.value}


def test_what_scrolls_sideways_is_known_by_its_key() -> None:
    assert f'[class*="{names.KEYED}{names.WIDE}"]' in (STATIC / "page.css").read_text()


@pytest.mark.parametrize("path", sorted(path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*.js")))
def test_no_other_module_spells_a_shared_name(path: str) -> None:
    text = (STATIC / path).read_text()
    if path != "names.js":
        assert not re.search(rf'"{names.STATIC}|"{names.LIVE}"|{names.KEYED}|[tT]ell\("', text)
