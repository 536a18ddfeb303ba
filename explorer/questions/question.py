"""What every question declares once: page, worker and command line find the rest by it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Generic, Protocol, Self, TypeVar

from pydantic import BaseModel

ROOMS = ("explorer.questions", "explorer.labs")
_KIND = re.compile(r"[a-z_]{1,40}(\.[a-z_]{1,40})?")


class Returned(Protocol):
    """What a measure returns for one network: frozen, and bytes in the store."""

    @classmethod
    def encode(cls, results: Sequence[Self], /) -> bytes:
        """Return the results of one question, in the order of its networks, as bytes."""

    @classmethod
    def decode(cls, content: bytes, /) -> tuple[Self, ...]:
        """Return what `encode` packed; raises ValueError, one sentence, for anything else."""


S = TypeVar("S", bound=BaseModel)
R = TypeVar("R", bound=Returned)


@dataclass(frozen=True, slots=True)
class Question(Generic[S, R]):
    """One question: declared at the end of its `result.py`, as QUESTION."""

    module: str
    """`__name__` of the module that declares it: the folder is the question."""
    spec: type[S]
    """What is asked."""
    result: type[R]
    """What comes back, one a network."""
    doing: str
    """What a person reads while it is measured, before how far it is."""
    takes_file: bool = False
    """Whether a file may be handed in with it, such as one's own picture."""

    @property
    def folder(self) -> str:
        """The folder's dotted name; its `measure` is the kitchen's."""
        return self.module.rpartition(".")[0]

    @property
    def kind(self) -> str:
        """The folder's name below its room: what its jobs are called in the store."""
        return self.folder.split(".", 2)[2]


def find(kind: str) -> "Question[BaseModel, Returned]":
    """Return the question of a kind; raises ValueError, one sentence, where this program has none of that name."""
    for room in ROOMS if _KIND.fullmatch(kind) else ():
        name = f"{room}.{kind}.result"
        try:
            there = find_spec(name) is not None
        except ModuleNotFoundError:
            continue
        if there and (found := getattr(import_module(name), "QUESTION", None)) is not None:
            return found  # type: ignore[no-any-return]  # a test holds every folder to it
    raise ValueError(f"kind is {kind[:80]!r}: this program knows no such question; ask again.")
