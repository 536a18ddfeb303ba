"""What a session keeps besides its controls: each value declared once, with its key, its type and where it starts."""

import math
from dataclasses import dataclass
from typing import Generic, TypeVar, cast

import streamlit as st

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Kept(Generic[T]):
    """A value of this session; it is only a cache: what a link must carry stands in the address."""

    key: str
    start: T

    def get(self) -> T:
        """Return the value, or where it starts."""
        return cast(T, st.session_state.get(self.key, self.start))

    def set(self, value: T) -> None:
        """Keep a value."""
        st.session_state[self.key] = value

    def pop(self) -> T:
        """Return the value and forget it."""
        return cast(T, st.session_state.pop(self.key, self.start))


@dataclass(frozen=True)
class Named:
    """Values of the address that no control holds."""

    key: str

    def all(self) -> tuple[str, ...]:
        """Return every value, in the order of the address."""
        return tuple(st.query_params.get_all(self.key))

    def get(self) -> str:
        """Return the last value, or nothing."""
        return str(st.query_params.get(self.key, ""))

    def set(self, *values: str) -> None:
        """Write values into the address, unless they stand there."""
        if self.all() != values:
            st.query_params[self.key] = list(values)

    def open(self, page: str, *values: str) -> None:
        """Open a page with these values in its address."""
        st.switch_page(page, query_params={self.key: list(values)})


RUNS = Named("run")
"""The runs that a page is about, network A first."""
LECTURE = Named("lecture")
"""1 where type and lines are large and the builder is hidden."""
SHOWN_RUNS: Kept[tuple[str, ...]] = Kept("staged_runs", ())
"""The runs that Explore showed last, network A first."""
SELECTED_BLOCK = Kept("selected_block", "")
"""The block that was opened last in Explore's diagram."""


def drop_infinities() -> bool:
    """Take what is not finite out of the address, where it breaks streamlit's number inputs; return whether it was there."""
    given = st.query_params
    broken = [name for name in given if not all(map(_finite, given.get_all(name)))]
    for name in broken:
        del given[name]
    return bool(broken)


def _finite(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return True  # a word; the widgets know which they offer
