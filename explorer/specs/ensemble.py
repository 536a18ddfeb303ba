"""The question what single blocks are worth in a network that tells two spirals apart."""

from pydantic import Field

from explorer.specs.labs import LabQuestion

BLOCKS, WIDTH, HIDDEN, STEPS = 8, 8, 16, 300


class EnsembleQuestion(LabQuestion):
    """Ask for a plain and a residual network, trained on two spirals."""

    seed: int = Field(default=0, ge=0, le=99)
    """Of the weights before training; both networks begin with the same."""
