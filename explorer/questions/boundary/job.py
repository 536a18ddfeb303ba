"""The job behind the Dissect page's stage boundary."""

from collections.abc import Mapping

from torch import Tensor

from explorer.datasets import Dataset
from explorer.datasets.picture import decode
from explorer.networks import ResidualNetwork
from explorer.questions.boundary.measure import boundary
from explorer.questions.boundary.result import Boundary
from explorer.questions.boundary.spec import BoundaryQuestion
from explorer.questions.given import Report, ask_each, validated
from explorer.questions.result import to_json
from explorer.runs.store import Store


def boundary_job(payload: Mapping[str, object], blob: bytes, store: Store, report: Report) -> bytes:
    """Return one Boundary a run as JSON, in the order of the request.

    `blob` is the uploaded file where the question says so.
    Raises ValueError, one sentence for the page; whatever `report` raises passes through.
    """
    question = validated(BoundaryQuestion, payload)

    def look(network: ResidualNetwork, data: Dataset, _report: Report) -> Boundary:
        picture, label = _picture(question, blob, data)
        device = next(network.parameters()).device
        return boundary(network, data.normalise(picture.to(device))[0], label, question.stage)

    return to_json(ask_each(store, question.runs, question.step, report, look))


def _picture(question: BoundaryQuestion, blob: bytes, data: Dataset) -> tuple[Tensor, int]:
    """1×C×H×W in the dataset's own format, and its class."""
    if question.image == "upload":
        return decode(blob, data.card), -1
    if question.image >= len(data.test_images):
        raise ValueError(f"image is {question.image}: the test set has pictures 0 to {len(data.test_images) - 1}.")
    return data.test_images[question.image][None], int(data.test_labels[question.image])
