"""Questions to the measure pool: the same question is asked once, and its answer found again by its digest."""

import hashlib
import json
import sqlite3
import time
from collections.abc import Mapping

from explorer import __version__
from explorer.runs import queue
from explorer.runs.records import Command, Job, JobState
from explorer.runs.store import Store

KEEP = 24 * 3600.0
"""Seconds after which an answer is forgotten; asking again computes it again."""
KEEP_OWN = 600.0
"""The same for an answer about somebody's own picture that nobody fetched: the page is gone."""


def question_id(kind: str, payload: Mapping[str, object], blob: bytes = b"", owner: str = "") -> str:
    """Return the id of the job that answers a question.

    A question without a blob has the same id for everybody, so its answer is shared; one with a blob, an uploaded
    picture, is its owner's alone. Another version of this program asks anew: its answers may have another form.
    """
    content = json.dumps([__version__, kind, payload, owner if blob else ""], sort_keys=True).encode()
    return hashlib.sha256(content + b"\n" + blob).hexdigest()[:40]


def ask(store: Store, kind: str, owner: str, payload: Mapping[str, object], blob: bytes = b"") -> str:
    """Queue a question unless it is under way or answered, and return the id of its job."""
    name = question_id(kind, payload, blob, owner)
    store.connection.execute(
        "DELETE FROM jobs WHERE pool = 'measure' AND state NOT IN ('queued', 'running')"
        " AND created < CASE blob WHEN x'' THEN ? ELSE ? END",
        (time.time() - KEEP, time.time() - KEEP_OWN),
    )
    try:
        queue.submit(store, kind, owner, payload, blob, name=name)
    except sqlite3.IntegrityError:  # it has been asked before
        return name
    return name


def ask_again(store: Store, job: str, *, answered: bool = False) -> None:
    """Forget a question that ended without an answer, or also an `answered` one, so that it can be asked anew."""
    kept = "('queued', 'running')" if answered else "('queued', 'running', 'done')"
    store.connection.execute(f"DELETE FROM jobs WHERE id = ? AND state NOT IN {kept}", (job,))


def answer(store: Store, job: str) -> bytes | None:
    """Return what a question gave, or None."""
    return store.result(job)


def withdraw(store: Store, job: str, owner: str) -> None:
    """Stop one's own question if nobody has answered it yet."""
    found: Job | None = store.job(job)
    if found is not None and found.state in {JobState.QUEUED, JobState.RUNNING}:
        queue.command(store, job, owner, Command.STOP)
