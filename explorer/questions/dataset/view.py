"""The card of the chosen dataset, and how to get it where its files are missing."""

import streamlit as st

from explorer.runs.questions import ask, ask_again, question_id
from explorer.runs.records import JobState
from explorer.runs.store import Store
from explorer.specs import DatasetSpec, settings
from explorer.specs.files import missing
from explorer.ui.waiting import show_progress

KIND = "dataset"


def show_card(store: Store, spec: DatasetSpec, owner: str) -> None:
    """Say what a dataset is; where its files are missing, say so and offer to download them."""
    card = spec.card
    shape = "×".join(map(str, card.input_shape))
    st.caption(
        f"{len(card.classes)} classes of {shape}, {card.train_size:,} to train and {card.test_size:,} to test. "
        f"{card.origin}. Licence: {card.licence}."
    )
    sentence = missing(spec, settings().datasets_path)
    if sentence:
        _offer(store, spec, owner, sentence)


def _offer(store: Store, spec: DatasetSpec, owner: str, sentence: str) -> None:
    payload = spec.model_dump(mode="json")
    job = question_id(KIND, payload)
    found = store.job(job)
    if found is not None and found.state in {JobState.QUEUED, JobState.RUNNING}:
        show_progress(store, [job], owner, "Downloading")
        return
    if found is not None and found.state is JobState.FAILED:
        st.error(found.message)
    else:
        st.warning(sentence)

    def download() -> None:
        ask_again(store, job, answered=True)  # the files may have been deleted since
        ask(store, KIND, owner, payload)

    st.button(f"Download {spec.card.title}", key="download", on_click=download)
