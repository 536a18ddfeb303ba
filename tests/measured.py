"""What a worker would find, without a worker."""

from collections.abc import Mapping
from typing import Any

from explorer.questions.given import Given, Report, silent
from explorer.questions.question import find
from explorer.runs.store import Store
from explorer.worker import jobs


def measured(kind: str, payload: Mapping[str, object], store: Store, file: bytes = b"", report: Report = silent) -> tuple[Any, ...]:
    """The results of a question as a page gets them: validated, measured, packed and unpacked."""
    question = find(kind)
    return question.result.decode(jobs.measured(question, payload, Given(store, file, report)))
