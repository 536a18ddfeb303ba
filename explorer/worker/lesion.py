"""The job behind the Dissect page: blocks are taken away from every network that was asked about."""

from collections.abc import Callable, Mapping

from pydantic import ValidationError

from explorer.measure.lesion import lesion
from explorer.results.lesion import LesionResult, to_json
from explorer.runs.records import Run
from explorer.runs.store import Store
from explorer.specs import DeviceChoice, sentences
from explorer.specs.lesion import LesionRequest
from explorer.training.device import resolve_device
from explorer.worker.asked import asked_runs, network_at


def lesion_job(payload: Mapping[str, object], blob: bytes, store: Store, report: Callable[[float, str], None]) -> bytes:
    """Return one LesionResult a run as JSON, in the order of the request; the whole test set is asked.

    Raises ValueError, one sentence for the page; whatever `report` raises passes through.
    """
    del blob
    try:
        request = LesionRequest.model_validate(payload)
    except ValidationError as error:
        raise ValueError(" ".join(sentences(error))) from error
    report(0, "pictures")
    runs, data = asked_runs(store, request.runs)
    device = resolve_device(DeviceChoice.AUTO)
    images, labels = data.normalise(data.test_images.to(device)), data.test_labels.to(device)

    def study(index: int, run: Run) -> LesionResult:
        network = network_at(store, run, request.step).to(device)
        title = run.experiment.network.title

        def say(share: float, words: str) -> None:
            report((index + share) / len(runs), f"{title}: {words}")

        return lesion(network, images, labels, request.study, removed=request.removed, draws=request.draws, report=say)

    return to_json(tuple(study(index, run) for index, run in enumerate(runs)))
