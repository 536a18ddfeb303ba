"""The job behind the switch-board: first gradients of networks that have not learned anything, on digits."""

from collections.abc import Mapping

from explorer.datasets import load
from explorer.measure.switchboard import switchboard
from explorer.results.result import to_json
from explorer.runs.store import Store
from explorer.specs import DatasetSpec, settings
from explorer.specs.switchboard import SwitchboardRequest
from explorer.worker.asked import Report, validated

BATCH = 64
"""The first pictures of the training set."""


def switchboard_job(payload: Mapping[str, object], blob: bytes, store: Store, report: Report) -> bytes:
    """Return the gradient norms of every setting as JSON; raises ValueError, one sentence for the page."""
    del blob, store
    request = validated(SwitchboardRequest, payload)
    data = load(DatasetSpec(), settings().datasets_path)
    return to_json(
        switchboard(request, data.normalise(data.train_images[:BATCH]), data.train_labels[:BATCH], report=report)
    )
