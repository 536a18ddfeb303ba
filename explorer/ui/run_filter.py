"""Which runs a person wants to see."""

import streamlit as st

from explorer.runs.records import Run, RunState
from explorer.runs.store import Store
from explorer.specs import CARDS
from explorer.specs.control import Choices, Switch, Text
from explorer.ui.widgets import multiselect, text_input, toggle

WORDS = Text("words", "Filter by name or dataset", "")
STATES: Choices[str] = Choices("states", "State", (), options=tuple(state.value for state in RunState))
MINE = Switch("mine", "Only mine", False)


def wanted_runs(store: Store, owner: str) -> list[Run]:
    """Draw the filter and return the runs that pass it, newest first."""
    left, middle, right = st.columns([3, 3, 1], vertical_alignment="bottom")
    with left:
        words = text_input(WORDS)
    with middle:
        states = multiselect(STATES)
    with right:
        mine = toggle(MINE)
    return [run for run in store.runs(owner if mine else None) if passes(run, words, states)]


def passes(run: Run, words: str, states: tuple[str, ...]) -> bool:
    """Return whether a run has these words in its name or dataset, and is in one of these states; nothing wants all."""
    text = f"{run.experiment.network.title} {CARDS[run.experiment.dataset.name].title}".lower()
    return (not states or run.state in states) and words.lower() in text
