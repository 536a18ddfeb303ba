"""Questions to the measure pool: the same question is asked once, and its result found again by its digest."""

import hashlib
import json
import time
from collections.abc import Mapping

from explorer import __version__
from explorer.runs import queue
from explorer.runs.records import Command, Job, JobState
from explorer.runs.store import Store

KEEP = 24 * 3600.0
"""Seconds after which a result is forgotten; asking again computes it again."""
KEEP_OWN = 600.0
"""The same for a result about somebody's own picture that nobody fetched: the page is gone."""
UNANSWERED = (JobState.FAILED, JobState.CANCELLED, JobState.INTERRUPTED)
"""How a question can end without a result."""


def question_id(kind: str, payload: Mapping[str, object], blob: bytes = b"", owner: str = "") -> str:
    """Return the id of a question's job.

    A question without a blob has the same id for everybody, so its result is shared; one with a blob, an uploaded
    picture, is its owner's alone. Another version of this program asks anew: its results may have another form.
    """
    content = json.dumps([__version__, kind, payload, owner if blob else ""], sort_keys=True).encode()
    return hashlib.sha256(content + b"\n" + blob).hexdigest()[:40]


def ask(store: Store, kind: str, owner: str, payload: Mapping[str, object], blob: bytes = b"") -> str:
    """Queue a question unless it is under way or answered, and return the id of its job."""
    now = time.time()
    store.forget_results(now - KEEP, now - KEEP_OWN)
    return queue.submit(store, kind, owner, payload, blob, name=question_id(kind, payload, blob, owner))


def ask_again(store: Store, job: str, *, answered: bool = False) -> None:
    """Forget a question that ended without a result, or also an `answered` one, so that it can be asked anew."""
    store.forget_job(job, *UNANSWERED, *([JobState.DONE] if answered else []))


def withdraw(store: Store, job: str, owner: str) -> None:
    """Stop one's own question if nobody has answered it yet."""
    found: Job | None = store.job(job)
    if found is not None and found.state in {JobState.QUEUED, JobState.RUNNING}:
        queue.command(store, job, owner, Command.STOP)
