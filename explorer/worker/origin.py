"""Where the initial weights of a run come from, if not from its seed."""

from safetensors.torch import save

from explorer.networks.graft import grafted
from explorer.questions.given import network_at
from explorer.runs.events import Checkpoint
from explorer.runs.records import Run
from explorer.runs.store import Store


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
