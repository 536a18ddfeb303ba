"""What a person chooses in the studio's sidebar about methods: which, at which block, for which class, and their settings."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from explorer.questions.attribution.methods.spec import Method, MethodSettings
from explorer.questions.attribution.words import BLOCK, SETTINGS, TARGET, TARGETS
from explorer.specs import Card, outline
from explorer.specs.control import Choice, Number
from explorer.ui.explained import Explained
from explorer.ui.state import SELECTED_BLOCK, Kept
from explorer.ui.widgets import number_input, selectbox, set_value

FOLLOWED = Kept("followed_block", "")
"""The block of Explore's diagram that the list moved to last."""


def choose_settings(methods: Sequence[Method]) -> MethodSettings:
    """Return what is set about these methods; only what one of them reads is offered."""
    read = dict.fromkeys(name for method in methods for name in method.settings_read)
    if not read:
        return MethodSettings()
    with st.expander("Settings of the methods"):
        return MethodSettings.model_validate({name: _set(SETTINGS[name]) for name in read})


def _set(control: Choice[str] | Number[float]) -> str | float:
    return number_input(control) if isinstance(control, Number) else selectbox(control)


def choose_block(explained: Sequence[Explained]) -> str:
    """Return the block that the methods of a block read: a click in Explore's diagram moves the list to it."""
    longest = max((outline(one.network) for one in explained), key=lambda form: len(form.blocks))
    names = tuple(block.name for block in longest.blocks)
    clicked = SELECTED_BLOCK.get()
    if clicked in names and clicked != FOLLOWED.get():
        set_value(BLOCK, clicked)
    FOLLOWED.set(clicked)
    return selectbox(replace(BLOCK, options=names, start=names[-1]))


def choose_target(card: Card, *, labelled: bool, classes: bool) -> str | int:
    """Return whose logit the maps explain; `classes` is whether it may be any class."""
    options = (*(TARGETS if labelled else ("predicted",)), *(card.classes if classes else ()))
    chosen = selectbox(replace(TARGET, options=options))
    return chosen if chosen in TARGETS else card.classes.index(chosen)
