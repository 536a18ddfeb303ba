"""Changes of depth: what they do at once, and the weights that a run starts from after one."""

from collections.abc import Mapping

from safetensors.torch import save

from explorer.datasets import Dataset
from explorer.networks import ResidualNetwork
from explorer.questions.given import Report, ask_each, network_at, validated
from explorer.questions.graft.measure import graft, grafted
from explorer.questions.graft.result import Grafted
from explorer.questions.result import to_json
from explorer.runs.events import Checkpoint
from explorer.runs.records import Run
from explorer.runs.store import Store
from explorer.specs.graft import GraftQuestion


def graft_job(payload: Mapping[str, object], blob: bytes, store: Store, report: Report) -> bytes:
    """Return one Grafted a run as JSON, in the order of the request; the whole test set is asked.

    Raises ValueError, one sentence for the page; whatever `report` raises passes through.
    """
    del blob
    question = validated(GraftQuestion, payload)

    def change(network: ResidualNetwork, data: Dataset, _report: Report) -> Grafted:
        device = next(network.parameters()).device
        images, labels = data.normalise(data.test_images.to(device)), data.test_labels.to(device)
        return graft(network, question.change, images, labels)

    return to_json(ask_each(store, question.runs, question.step, report, change))


def first_checkpoint(store: Store, run: Run) -> Checkpoint | None:
    """Return what a run that goes on from another starts with, None for any other run.

    Raises ValueError, one sentence, where that other run or its checkpoint is gone.
    """
    if run.origin is None:
        return None
    parent = store.run(run.origin.run)
    if parent is None:
        raise ValueError("The run that this one goes on from is not there any more.")
    network = grafted(network_at(store, parent, run.origin.step), run.origin.change, run.experiment.recipe.seed)
    return Checkpoint(0, save(dict(network.state_dict())), b"")
