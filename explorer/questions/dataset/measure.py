"""The job that fetches a dataset, so that the next race finds it on disk."""

from collections.abc import Mapping

from explorer.datasets import load
from explorer.questions.given import Report, validated
from explorer.runs.store import Store
from explorer.specs import DatasetSpec, settings


def dataset_job(payload: Mapping[str, object], blob: bytes, store: Store, report: Report) -> bytes:
    """Load the dataset that the payload describes, downloading it if need be; returns nothing, b"".

    Raises ValueError, one sentence for the page; whatever `report` raises ends a download without a trace.
    """
    del blob, store
    spec = validated(DatasetSpec, payload)
    load(spec, settings().datasets_path, progress=report)
    return b""
