"""The job behind the Dissect page's stage boundary."""

from collections.abc import Mapping

from explorer.datasets import Dataset
from explorer.measure.boundary import boundary
from explorer.networks import ResidualNetwork
from explorer.results.boundary import Boundary
from explorer.results.result import to_json
from explorer.runs.store import Store
from explorer.specs.boundary import BoundaryQuestion
from explorer.worker.asked import Report, ask_each, validated


def boundary_job(payload: Mapping[str, object], blob: bytes, store: Store, report: Report) -> bytes:
    """Return one Boundary a run as JSON, in the order of the request.

    Raises ValueError, one sentence for the page; whatever `report` raises passes through.
    """
    del blob
    question = validated(BoundaryQuestion, payload)

    def look(network: ResidualNetwork, data: Dataset, _report: Report) -> Boundary:
        if question.image >= len(data.test_images):
            raise ValueError(f"image is {question.image}: the test set has pictures 0 to {len(data.test_images) - 1}.")
        device = next(network.parameters()).device
        image = data.normalise(data.test_images[question.image][None].to(device))[0]
        return boundary(network, image, int(data.test_labels[question.image]), question.stage)

    return to_json(ask_each(store, question.runs, question.step, report, look))
