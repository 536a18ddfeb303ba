"""The card of the chosen dataset, and how to get it where its files are missing."""

import streamlit as st

from explorer.questions.dataset.result import QUESTION
from explorer.runs.records import JobState
from explorer.specs import DatasetSpec, settings
from explorer.specs.files import missing
from explorer.ui.asking import ask, forget, is_going, look_up, show_going
from explorer.ui.cache import store


def show_card(spec: DatasetSpec) -> None:
    """Say what a dataset is; where its files are missing, say so and offer to download them."""
    card = spec.card
    shape = "×".join(map(str, card.input_shape))
    st.caption(
        f"{len(card.classes)} classes of {shape}, {card.train_size:,} to train and {card.test_size:,} to test. "
        f"{card.origin}. Licence: {card.licence}."
    )
    if sentence := missing(spec, settings().datasets_path):
        _offer(spec, sentence)


def _offer(spec: DatasetSpec, sentence: str) -> None:
    asked = look_up(QUESTION, spec)
    if asked is not None and is_going(asked):
        show_going([asked])
        return
    job = None if asked is None else store().job(asked.job)
    if job is not None and job.state is JobState.FAILED:
        st.error(job.message)
    else:
        st.warning(sentence)

    def download() -> None:
        if asked is not None:
            forget(asked)  # the files may have been deleted since
        ask(QUESTION, spec, place=f"dataset {spec.name}")  # a place of its own: several may be on their way

    st.button(f"Download {spec.card.title}", key="download", on_click=download)
