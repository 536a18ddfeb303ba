"""The job behind the Dissect page: blocks are taken away from every network that was asked about."""

from collections.abc import Mapping

from explorer.datasets import Dataset
from explorer.networks import ResidualNetwork
from explorer.questions.given import Report, ask_each, validated
from explorer.questions.lesion.measure import lesion
from explorer.questions.lesion.result import LesionResult
from explorer.questions.lesion.spec import LesionRequest
from explorer.questions.result import to_json
from explorer.runs.store import Store


def lesion_job(payload: Mapping[str, object], blob: bytes, store: Store, report: Report) -> bytes:
    """Return one LesionResult a run as JSON, in the order of the request; the whole test set is asked.

    Raises ValueError, one sentence for the page; whatever `report` raises passes through.
    """
    del blob
    request = validated(LesionRequest, payload)

    def study(network: ResidualNetwork, data: Dataset, report: Report) -> LesionResult:
        device = next(network.parameters()).device
        images, labels = data.normalise(data.test_images.to(device)), data.test_labels.to(device)
        return lesion(
            network, images, labels, request.study, removed=request.removed, draws=request.draws, report=report
        )

    return to_json(ask_each(store, request.runs, request.step, report, study))
