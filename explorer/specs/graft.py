"""Changing the depth of a trained network: one block a stage more, or fewer."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from explorer.specs.network import NetworkSpec, Shortcut, depths


class Change(StrEnum):
    """What happens at the end of every stage, so that the depth stays one of the CIFAR form."""

    INSERT = "insert"
    """A new block after the last; with a shortcut its branch starts at zero, so that it starts as the identity."""
    REMOVE = "remove"
    """The last block goes."""


class Graft(BaseModel):
    """Where the initial weights of a run come from, if not from its seed."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    run: str = Field(min_length=1, max_length=64)
    """Whose checkpoint."""
    step: int = Field(ge=0)
    """At which step."""
    change: Change


def changed(spec: NetworkSpec, change: Change) -> NetworkSpec:
    """Return the spec after a change; raises ValueError, one sentence, where it cannot be."""
    if change is Change.INSERT and spec.shortcut is Shortcut.C:
        raise ValueError("shortcut is C: a new block would start with a projection, not the identity; choose A, B or none.")
    depth = spec.depth + spec.layers_per_step * (1 if change is Change.INSERT else -1)
    allowed = depths(spec.block)
    if depth not in allowed:
        raise ValueError(f"depth would be {depth}: allowed are {allowed[0]} to {allowed[-1]}.")
    return spec.model_copy(update={"depth": depth})
