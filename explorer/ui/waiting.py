"""How far a job is, with a way to cancel it."""

from collections.abc import Callable, Sequence

import streamlit as st

from explorer.runs import queue
from explorer.runs.asking import withdraw
from explorer.runs.records import JobState
from explorer.runs.store import Store

POLL, SLOW_POLL = 0.3, 1.5
"""Seconds between two looks at a job that is under way: at its progress alone, and at a picture that grows."""


def show_progress(store: Store, jobs: Sequence[str], owner: str, words: str, growing: Callable[[], None] | None = None) -> None:
    """Show how far the first of these jobs is, after `words` that say what it does; the page runs again when it is over.

    Its button cancels them all. Below it `growing` shows what is known so far, anew with every look.
    """
    st.fragment(_poll, run_every=SLOW_POLL if growing else POLL)(store, jobs, owner, words, growing)


def _poll(store: Store, jobs: Sequence[str], owner: str, words: str, growing: Callable[[], None] | None) -> None:
    found = store.job(jobs[0])
    if found is None or found.state not in {JobState.QUEUED, JobState.RUNNING}:
        st.rerun()
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        if found.state is JobState.QUEUED:
            place = queue.places(store, "measure").get(jobs[0], 1)
            st.progress(0.0, f"Waiting for a worker: number {place} in the queue.")
        else:
            st.progress(min(1.0, found.progress), f"{words}: {found.message or 'starting'}.")
        if found.owner == owner:
            arguments = (store, jobs, owner)
            st.button("Cancel", key=f"cancel_{found.kind}", on_click=_withdraw, args=arguments, width="content")
    if growing:
        growing()


def _withdraw(store: Store, jobs: Sequence[str], owner: str) -> None:
    for job in jobs:
        withdraw(store, job, owner)
