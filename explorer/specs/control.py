"""What a page's controls are, as plain data: the key in session and address, where each starts, what it offers.

Each is declared once, beside the words of its page, so that a setting is named by its control and a typo fails at import;
`explorer.ui.widgets` draws them.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Generic, TypeVar

T = TypeVar("T")
N = TypeVar("N", int, float)


@dataclass(frozen=True, eq=False)
class Control(Generic[T]):
    """One control; two are the same only if they are one. Raises ValueError if it does not offer its own start."""

    key: str
    """Its name in session and address; no two controls share one."""
    label: str
    start: T
    """Its value where neither a person nor the address says otherwise."""
    help: str | None = field(default=None, kw_only=True)
    """What stands behind its question mark."""
    address: bool = field(default=True, kw_only=True)
    """Whether its value stands in the address."""
    silent: bool = field(default=False, kw_only=True)
    """Whether its label is for screen readers alone."""

    def __post_init__(self) -> None:
        """Hold the start against what is offered."""
        if not self.fits(self.start):
            raise ValueError(f"{self.key} starts at {self.start!r}, which it does not offer.")

    def fits(self, value: object) -> bool:
        """Return whether the control offers a value."""
        return isinstance(value, type(self.start))


@dataclass(frozen=True, eq=False)
class Number(Control[N]):
    """A number from `low` to `high`, in steps from `low`."""

    low: N = field(kw_only=True)
    high: N = field(kw_only=True)
    step: N = field(default=1, kw_only=True)
    format: str | None = field(default=None, kw_only=True)
    """How it is written, as printf does; by its step unless given."""

    @property
    def digits(self) -> int:
        """How many digits after the point a value has, as its step has them."""
        return max(0, -int(Decimal(repr(self.step)).as_tuple().exponent))

    def fits(self, value: object) -> bool:
        """Return whether a number of this type lies between the ends."""
        wanted = isinstance(value, type(self.low)) and not isinstance(value, bool)
        return wanted and math.isfinite(value) and self.low <= value <= self.high  # type: ignore[arg-type, operator]


@dataclass(frozen=True, eq=False)
class Choice(Control[T]):
    """One of some options."""

    options: tuple[T, ...] = field(kw_only=True)
    words: Callable[[T], str] = field(default=str, kw_only=True)
    """How an option is called on the page and in the address."""

    def fits(self, value: object) -> bool:
        """Return whether a value is an option."""
        return value in self.options


@dataclass(frozen=True, eq=False)
class Choices(Control[tuple[T, ...]]):
    """Some of some options, at most so many."""

    options: tuple[T, ...] = field(kw_only=True)
    words: Callable[[T], str] = field(default=str, kw_only=True)
    """How an option is called on the page and in the address."""
    most: int | None = field(default=None, kw_only=True)
    empty: str | None = field(default=None, kw_only=True)
    """What stands there while none is chosen."""

    def fits(self, value: object) -> bool:
        """Return whether every part of a value is an option."""
        few = isinstance(value, tuple) and (self.most is None or len(value) <= self.most)
        return few and all(one in self.options for one in value)  # type: ignore[attr-defined]


@dataclass(frozen=True, eq=False)
class Switch(Control[bool]):
    """On or off."""


@dataclass(frozen=True, eq=False)
class Text(Control[str]):
    """A line of text of at most so many letters."""

    most: int = field(default=80, kw_only=True)

    def fits(self, value: object) -> bool:
        """Return whether a text is short enough."""
        return isinstance(value, str) and len(value) <= self.most
