"""Test pictures in an order that the networks give them: their worst mistakes, or where they differ most."""

from collections.abc import Sequence

import streamlit as st

from explorer.questions.attribution.pictures.result import Standing, from_npz
from explorer.questions.spec import Question
from explorer.runs.records import Run
from explorer.runs.store import Store
from explorer.ui.asking import ask_many, show_waiting


def ordered(store: Store, owner: str, runs: Sequence[Run], step: int, source: str) -> tuple[int, ...]:
    """Return positions in the test set, "mistakes" of network A or those where A and B "differ", most telling first.

    None are returned while the answers are computed, which is shown.
    """
    question = Question(runs=tuple(run.id for run in runs), step=step)
    found = ask_many(store, owner, "standing", [question])
    job, content = next(iter(found.items()))
    if content is None:
        show_waiting(store, [job], owner, "Asking the test set")
        return ()
    standings = from_npz(content)
    places = order(standings, source)
    if source == "mistakes" and not places:
        st.caption("Network A makes no mistake on these test pictures.")
    return places


def order(standings: Sequence[Standing], source: str) -> tuple[int, ...]:
    """Return the positions for "mistakes" (of network A) or "differ" (A and B; A alone differs from nobody)."""
    if source == "mistakes":
        return standings[0].worst
    return standings[0].differing(standings[min(1, len(standings) - 1)])
