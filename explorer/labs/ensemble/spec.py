"""Of which network it is asked what each block adds to its answers."""

from pydantic import Field

from explorer.questions.lesion.spec import BlockName
from explorer.questions.spec import TrainedSpec

LOOKED_AT = 12
"""Test pictures that are looked at one by one, the first ones."""


class EnsembleSpec(TrainedSpec):
    """What a network answers if it ends after each of its blocks."""

    removed: tuple[BlockName, ...] = Field(default=(), max_length=600)
    """Blocks that lose their branch, by name; one that a network lacks or cannot lose stays."""
