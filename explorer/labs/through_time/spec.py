"""Which recurrent network learns the adding problem."""

from enum import StrEnum
from typing import Literal, get_args

from pydantic import Field

from explorer.questions.spec import Spec

Length = Literal[10, 20, 50, 100, 200]
LENGTHS: tuple[Length, ...] = get_args(Length)
WIDTH, STEPS, BATCH = 16, 600, 32
"""Numbers in a state, steps of training, sequences of a step."""


class Cell(StrEnum):
    """Which recurrent network."""

    RECURRENT = "recurrent"
    FIRST = "first"
    """LSTM of 1997: what was there stays."""
    FORGETFUL = "forgetful"
    """LSTM of 2000: a gate says how much of it stays."""


class AddingSpec(Spec):
    """One network, trained on the adding problem."""

    cell: Cell
    length: Length = 50
    """Steps of a sequence."""
    bias: float = Field(default=0.0, ge=-4, le=8)
    """Of the forget gate before training; other cells have none."""
    size: float = Field(default=0.8, ge=0.1, le=2)
    """Spread of the recurrent weights before training, times the root of the width."""
    seed: int = Field(default=0, ge=0, le=999)
    """Of the weights before training; sequences are the same for all."""
