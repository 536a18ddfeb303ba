"""The job behind the switch-board: first gradients of networks that have not learned anything, on digits."""

from collections.abc import Mapping

from explorer.datasets import load
from explorer.questions.given import Report, validated
from explorer.questions.result import to_json
from explorer.questions.switchboard.measure import switchboard
from explorer.questions.switchboard.spec import SwitchboardRequest
from explorer.runs.store import Store
from explorer.specs import DatasetSpec, settings

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
