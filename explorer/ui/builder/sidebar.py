"""The whole builder, and how it is set to a race."""

import streamlit as st

from explorer.drawing.palette import LETTERS
from explorer.specs import PRESETS, Race
from explorer.ui.builder.networks import show_first, show_rival
from explorer.ui.builder.training import show_training
from explorer.ui.builder.words import CLUTTER, COUNT, DATASET, DEVICE, DIFFERS, FIELDS, NETWORKS, NOISE, PRESET_NAMES, RECIPE
from explorer.ui.state import Kept
from explorer.ui.widgets import segments, set_value

PRESET: Kept[str | None] = Kept("preset", None)
"""The preset that was clicked, and nothing once it is clicked again."""


def show_builder() -> Race:
    """Draw the builder in the sidebar and return the race it describes.

    Raises pydantic.ValidationError where the values do not fit together; `explorer.specs.sentences` words it.
    """
    with st.sidebar:
        st.pills(
            "Presets", tuple(PRESET_NAMES), format_func=PRESET_NAMES.__getitem__, key=PRESET.key, help="Keys 1 to 6.",
            on_change=lambda: load_preset(PRESET.get()),
        )  # fmt: skip
        count = segments(COUNT)
        first = show_first()
        rivals = [first | show_rival(letter, first) for letter in LETTERS[1:count]]
        with st.expander("Training and data", key="training"):
            training = show_training()
    return Race.model_validate({"networks": [first, *rivals], **training})


def load(race: Race) -> None:
    """Set every control of the builder to a race; call it before they are drawn."""
    first = race.networks[0]
    set_value(COUNT, len(race.networks))
    for letter, network in zip(LETTERS, race.networks, strict=False):
        differing = [field for field in FIELDS if letter == "A" or getattr(network, field) != getattr(first, field)]
        if letter != "A":
            set_value(DIFFERS[letter], tuple(differing))
        for field in differing:
            set_value(NETWORKS[letter][field], getattr(network, field))
    set_value(DATASET, race.dataset.name)
    set_value(DEVICE, race.device)
    set_value(NOISE, race.dataset.noise)
    set_value(CLUTTER, race.dataset.clutter)
    for field, control in RECIPE.items():
        set_value(control, getattr(race.recipe, field))


def load_preset(name: str | None) -> None:
    """Set the builder to a preset; an unknown name changes nothing."""
    for preset in PRESETS:
        if preset.name == name:
            load(preset.race)


def load_numbered(number: int) -> None:
    """Set the builder to a preset by its place, from 1; a number beyond the last changes nothing."""
    load_preset(dict(enumerate(PRESET_NAMES, 1)).get(number))
