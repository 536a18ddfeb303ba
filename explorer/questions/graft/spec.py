"""The question what a change of depth does before any further training."""

from explorer.questions.spec import TrainedSpec
from explorer.specs.graft import Change


class GraftSpec(TrainedSpec):
    """What happens at the end of every stage."""

    change: Change
