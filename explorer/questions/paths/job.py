"""The job behind the Dissect page's paths."""

from collections.abc import Mapping

from explorer.datasets import Dataset
from explorer.networks import ResidualNetwork
from explorer.questions.given import Report, ask_each, validated
from explorer.questions.paths.measure import paths
from explorer.questions.paths.result import Paths
from explorer.questions.paths.spec import PathsQuestion
from explorer.questions.result import to_json
from explorer.runs.store import Store

PICTURES = 8
"""The first of the test set; the spread over paths matters, not that over pictures."""


def paths_job(payload: Mapping[str, object], blob: bytes, store: Store, report: Report) -> bytes:
    """Return one Paths a run as JSON, in the order of the request.

    Raises ValueError, one sentence for the page; whatever `report` raises passes through.
    """
    del blob
    question = validated(PathsQuestion, payload)

    def follow(network: ResidualNetwork, data: Dataset, report: Report) -> Paths:
        device = next(network.parameters()).device
        images = data.normalise(data.test_images[:PICTURES].to(device))
        labels = data.test_labels[:PICTURES].to(device)
        return paths(network, images, labels, draws=question.draws, seed=question.seed, report=report)

    return to_json(ask_each(store, question.runs, question.step, report, follow))
