"""The job behind the Dissect page's loss surface; its answer grows while it is under way."""

from collections.abc import Mapping

from explorer.datasets import Dataset
from explorer.networks import ResidualNetwork
from explorer.questions.given import Report, ask_each, validated
from explorer.questions.result import to_json
from explorer.questions.surface.measure import surface
from explorer.questions.surface.result import Surface
from explorer.questions.surface.spec import SurfaceQuestion
from explorer.runs.store import Store

PICTURES = 256
"""The first of the training set: what the loss is the mean of."""


def surface_job(payload: Mapping[str, object], blob: bytes, store: Store, report: Report) -> bytes:
    """Return one Surface a run as JSON, in the order of the request; what is known so far is reported on the way.

    Raises ValueError, one sentence for the page; whatever `report` raises passes through.
    """
    del blob
    question = validated(SurfaceQuestion, payload)
    done: list[Surface] = []

    def look(network: ResidualNetwork, data: Dataset, report: Report) -> Surface:
        device = next(network.parameters()).device
        images = data.normalise(data.train_images[:PICTURES].to(device))
        found = surface(
            network, images, data.train_labels[:PICTURES].to(device), dimensions=question.dimensions,
            points=question.points, span=question.span, seed=question.seed,
            report=lambda share, so_far: report(share, "the loss around it", to_json([*done, so_far])),
        )  # fmt: skip
        done.append(found)
        return found

    return to_json(ask_each(store, question.runs, question.step, report, look))
