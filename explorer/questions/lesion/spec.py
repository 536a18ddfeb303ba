"""What a person takes away from a trained network, and which blocks can go."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from explorer.questions.spec import TrainedSpec
from explorer.specs.outline import BlockOutline, Outline

MAX_DRAWS = 20
BlockName = Annotated[str, Field(pattern=r"^stage[123]\.block[1-9][0-9]{0,2}$")]


class Removal(StrEnum):
    """The lesion studies of Veit et al. 2016 (arXiv:1605.06431): blocks are taken away or change places after training."""

    CHOSEN = "chosen"
    """The chosen blocks are taken away together."""
    SINGLE = "single"
    """Each block is taken away alone."""
    DELETE = "delete"
    """k blocks, drawn at random, are taken away together."""
    SHUFFLE = "shuffle"
    """k pairs of equal blocks, drawn at random, change places."""


class LesionSpec(TrainedSpec):
    """What is taken away."""

    study: Removal
    """Which blocks, and how; it keeps the name by which stored questions know it."""
    removed: tuple[BlockName, ...] = Field(default=(), max_length=600)
    """Chosen only: the blocks, by name; one that a network lacks or cannot lose stays."""
    draws: int = Field(default=5, ge=1, le=MAX_DRAWS)
    """Delete and shuffle only: random draws for each k."""


def removable(block: BlockOutline) -> bool:
    """Return whether the signal gets past a block without its branch: over the shortcut, or because shapes are equal."""
    return block.shortcut.kind != "none" or block.input_shape == block.output_shape


def exchangeable(form: Outline) -> list[list[int]]:
    """Return the places of blocks that may change places with each other: same stage, same shapes at both ends."""
    groups: dict[tuple[object, ...], list[int]] = {}
    for place, block in enumerate(form.blocks):
        groups.setdefault((block.stage, block.input_shape, block.output_shape), []).append(place)
    return [places for places in groups.values() if len(places) > 1]
