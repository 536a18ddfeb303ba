"""The job behind the lab of ensembles: what every block of trained networks adds to their answers."""

from base64 import b64encode
from collections.abc import Mapping

from explorer.datasets import Dataset, unit_range
from explorer.labs.ensemble.measure import account
from explorer.labs.ensemble.spec import LOOKED_AT, EnsembleQuestion
from explorer.labs.result import BlockAccount
from explorer.networks import ResidualNetwork
from explorer.questions.given import Report, ask_each, validated
from explorer.questions.result import to_json
from explorer.runs.store import Store

MOST = 1000
"""Test pictures that are asked, the first ones."""


def ensemble_job(payload: Mapping[str, object], blob: bytes, store: Store, report: Report) -> bytes:
    """Return one BlockAccount a run as JSON, in the order of the question.

    Raises ValueError, one sentence for the page; whatever `report` raises passes through.
    """
    del blob
    question = validated(EnsembleQuestion, payload)

    def measure(network: ResidualNetwork, data: Dataset, report: Report) -> BlockAccount:
        device = next(network.parameters()).device
        images, labels = data.normalise(data.test_images[:MOST].to(device)), data.test_labels[:MOST].to(device)
        return account(network, images, labels, _shown(data), removed=question.removed, report=report)

    return to_json(ask_each(store, question.runs, question.step, report, measure))


def _shown(data: Dataset) -> list[str]:
    values = (unit_range(data.test_images[:LOOKED_AT]) * 255).round().byte().permute(0, 2, 3, 1).contiguous()
    return [b64encode(one.numpy().tobytes()).decode() for one in values]
