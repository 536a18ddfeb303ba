from collections import Counter

import pytest

from explorer.drawing.palette import LETTERS
from explorer.specs import PRESETS, NetworkSpec, Race, Recipe
from explorer.specs.control import Control
from explorer.ui.builder import words
from explorer.ui.builder.words import DIFFERS, FIELDS, NETWORKS, PRESET_NAMES, RECIPE, START

CONTROLS = [
    *(control for fields in NETWORKS.values() for control in fields.values()), *DIFFERS.values(), *RECIPE.values(),
    *(value for value in vars(words).values() if isinstance(value, Control)),
]  # fmt: skip


def test_no_two_controls_of_the_builder_share_a_key() -> None:
    assert [key for key, count in Counter(control.key for control in CONTROLS).items() if count > 1] == []


def test_every_choice_of_the_builder_stands_in_the_address() -> None:
    assert all(control.address for control in CONTROLS)


def test_the_builder_offers_every_field_of_a_network_and_of_a_recipe() -> None:
    chosen = set(NetworkSpec.model_fields) - {"input_shape", "classes"}  # the data say these
    assert list(NETWORKS) == list(LETTERS)
    assert all(set(fields) == chosen for fields in NETWORKS.values())
    assert set(RECIPE) == set(Recipe.model_fields)


@pytest.mark.parametrize("field", [*FIELDS, *RECIPE])
def test_a_control_starts_where_the_app_opens_and_explains_itself_as_its_field_does(field: str) -> None:
    spec, control = (START.networks[0], NETWORKS["A"][field]) if field in FIELDS else (START.recipe, RECIPE[field])
    assert control.start == getattr(spec, field)
    assert control.help == type(spec).model_fields[field].description


@pytest.mark.parametrize("race", [preset.race for preset in PRESETS], ids=PRESET_NAMES)
def test_the_builder_offers_whatever_a_preset_asks_for(race: Race) -> None:
    for network in race.networks:
        assert all(NETWORKS["A"][field].fits(getattr(network, field)) for field in FIELDS if field != "depth")
    assert all(control.fits(getattr(race.recipe, field)) for field, control in RECIPE.items())


def test_every_preset_has_a_name() -> None:
    assert list(PRESET_NAMES) == [preset.name for preset in PRESETS]
