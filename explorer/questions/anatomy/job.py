"""The job behind the Dissect page's second view: what every block does."""

from collections.abc import Mapping

from torch import Tensor

from explorer.datasets import Dataset
from explorer.networks import ResidualNetwork
from explorer.questions.anatomy.measure import anatomy
from explorer.questions.anatomy.result import Anatomy
from explorer.questions.given import Report, ask_each, validated
from explorer.questions.result import to_json
from explorer.questions.spec import Question
from explorer.runs.store import Store

BATCH, FITTED, ASKED = 256, 2000, 2000
"""Pictures at most: in the batch of the gradients, to fit read-outs to, and to ask them; the first of each set."""
MEMORY = 2**28
"""Numbers that the layers may keep for the batch of the gradients; large networks get a smaller one."""


def anatomy_job(payload: Mapping[str, object], blob: bytes, store: Store, report: Report) -> bytes:
    """Return one Anatomy a run as JSON, in the order of the request.

    Raises ValueError, one sentence for the page; whatever `report` raises passes through.
    """
    del blob
    request = validated(Question, payload)
    return to_json(ask_each(store, request.runs, request.step, report, _look))


def _look(network: ResidualNetwork, data: Dataset, report: Report) -> Anatomy:
    report(0, "gradients and read-outs")
    device, spec = next(network.parameters()).device, network.outline.spec
    kept = 3 * spec.depth * spec.width * spec.input_shape[1] * spec.input_shape[2]  # conv, norm and relu keep one each

    def some(images: Tensor, labels: Tensor, count: int) -> tuple[Tensor, Tensor]:
        return data.normalise(images[:count].to(device)), labels[:count].to(device)

    return anatomy(
        network,
        some(data.train_images, data.train_labels, max(2, min(BATCH, MEMORY // kept))),
        some(data.train_images, data.train_labels, FITTED),
        some(data.test_images, data.test_labels, ASKED),
    )
