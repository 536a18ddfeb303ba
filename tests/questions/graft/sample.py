"""What stands in for what a change of depth does."""

from explorer.questions.graft.result import Grafted

GRAFTED = Grafted(
    before="residual-20", after="residual-26", loss_before=0.25, loss_after=2.5, error_before=0.05, error_after=0.9,
    pictures=360,
)  # fmt: skip
