"""Names that the page's Python and JavaScript share: `static/names.js` says the same, and a test compares them."""

from enum import StrEnum

STATIC = "/explorer-static/"
"""Where the browser finds modules and style sheets."""
LIVE = "/live"
"""The route that tells what runs record."""
KEYED = "st-key-"
"""What streamlit puts before a key to make it a class."""
WIDE = "wide_"
"""What the keys of containers begin with that scroll sideways in a narrow window."""


class Message(StrEnum):
    """What a component tells the page."""

    RACE = "race"
    """A race was asked for."""
    RESUME = "resume"
    """A stopped race shall go on."""
    PRESET = "preset"
    """A key from 1 to 9 was pressed: the number."""
    LECTURE = "lecture"
    """The lecture switch was turned: whether it is on."""
    BLOCK = "block"
    """A block was opened: its name."""
    TOGGLE = "toggle"
    """A block was clicked: its name."""
    MOVED = "moved"
    """A handle was dragged: its name and new place."""
