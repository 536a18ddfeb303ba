"""Fetching a dataset, so that the next race finds it on disk."""

from explorer.datasets import load
from explorer.questions.dataset.result import Fetched
from explorer.questions.given import Given
from explorer.specs import DatasetSpec, settings


def measure(spec: DatasetSpec, given: Given) -> tuple[Fetched]:
    """Load a dataset, downloading it if need be; whatever the report raises ends a download without a trace."""
    data = load(spec, settings().datasets_path, progress=given.report)
    return (Fetched(train=len(data.train_images), test=len(data.test_images)),)
