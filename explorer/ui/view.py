"""What a page with several views is made of: each view declares itself, as VIEW in its `view.py`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any, Generic, TypeVar

from explorer.drawing.palette import LETTERS
from explorer.runs.records import Run
from explorer.specs.control import Choice
from explorer.ui.run_choice import title
from explorer.ui.widgets import segments

About = TypeVar("About", contravariant=True)
LOOK_AT = Choice("view", "Look at", "", options=("",), silent=True)
"""Offers the views of a page, the first from the start."""


@dataclass(frozen=True, slots=True)
class Trained:
    """Trained networks at a checkpoint that all of them have."""

    runs: Sequence[Run]
    """Network A first; all learned from one dataset."""
    step: int

    @property
    def asked(self) -> dict[str, Any]:
        """Whose networks a spec is about, as its fields."""
        return {"runs": tuple(run.id for run in self.runs), "step": self.step}

    @property
    def names(self) -> list[str]:
        """Each network's letter and name, as findings tell them."""
        return [f"{letter} {title(run)}" for letter, run in zip(LETTERS, self.runs, strict=False)]


@dataclass(frozen=True)
class View(Generic[About]):
    """One view of a page."""

    name: str
    label: str
    """What it is called on the page and in the address."""
    show: Callable[[About], None]


def views(*folders: str) -> dict[str, Any]:
    """Return the views of some questions, by name and in this order."""
    found = [import_module(f"explorer.questions.{folder}.view").VIEW for folder in folders]
    return {view.name: view for view in found}


def choose_view(offered: dict[str, Any]) -> Any:
    """Return the view of a page that is looked at."""
    names = tuple(offered)
    chosen = replace(LOOK_AT, start=names[0], options=names, words=lambda name: offered[name].label)
    return offered[segments(chosen)]
