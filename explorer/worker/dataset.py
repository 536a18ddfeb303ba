"""The job that fetches a dataset, so that the next race finds it on disk."""

from collections.abc import Callable, Mapping

from pydantic import ValidationError

from explorer.datasets import load
from explorer.runs.store import Store
from explorer.specs import DatasetSpec, sentences, settings


def dataset_job(
    payload: Mapping[str, object], blob: bytes, store: Store, report: Callable[[float, str], None]
) -> bytes:
    """Load the dataset that the payload describes, downloading it if need be; returns nothing, b"".

    Raises ValueError, one sentence for the page; whatever `report` raises ends a download without a trace.
    """
    del blob, store
    try:
        spec = DatasetSpec.model_validate(payload)
    except ValidationError as error:
        raise ValueError(" ".join(sentences(error))) from error
    load(spec, settings().datasets_path, progress=report)
    return b""
