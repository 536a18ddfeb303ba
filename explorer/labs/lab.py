"""What a lab declares once, in `words.py`, as LAB: what it says whatever its controls are set to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from explorer.specs.control import Control

Value = str | int | float | tuple[str, ...]


@dataclass(frozen=True)
class Try:
    """One prepared setting. Raises ValueError if a control does not offer its value."""

    label: str
    see: str
    """What it shows, in one sentence."""
    values: Mapping[Control[Any], Value]
    """Every control of the lab, so that the link gives the whole setting."""

    def __post_init__(self) -> None:
        """Hold the setting against the controls."""
        for control, value in self.values.items():
            if not control.fits(value):
                raise ValueError(f"{self.label}: {control.key} does not offer {value!r}.")

    @property
    def link(self) -> str:
        """The address of this setting, seen from the lab's page."""
        return f"?{urlencode({control.key: value for control, value in self.values.items()}, doseq=True)}"


@dataclass(frozen=True)
class Lab:
    """One thought experiment."""

    module: str
    """`__name__` of the module that declares it: the folder is the lab."""
    question: str
    words: str
    tries: tuple[Try, ...]
    source: str
    leaves_out: str
    card: Callable[[str], Any]
    """The small picture for a light or dark page, computed anew."""
    leads_to: tuple[str, ...] = ()
    """Names of the labs to go on with."""

    @property
    def name(self) -> str:
        """The folder's name."""
        return self.module.split(".")[-2]

    @property
    def page(self) -> str:
        """The page's file, seen from the main script."""
        return f"../../labs/{self.name}/page.py"

    @property
    def address(self) -> str:
        """The last part of the page's address."""
        return f"lab-{self.name.replace('_', '-')}"
