"""Which pictures the studio offers, and in which order."""

from explorer.questions.attribution.methods.spec import MAX_PICTURES
from explorer.specs.control import Choice, Number

SOURCES = {
    "test": "Test pictures", "mistakes": "Worst mistakes of A", "differ": "Where A and B differ most",
    "own": "My own picture", "camera": "My camera", "sample": "A photograph",
}  # fmt: skip
SOURCE = Choice("pictures", "Pictures", "test", options=tuple(SOURCES), words=SOURCES.__getitem__)
SHOWN = Number("shown", "How many", 4, low=1, high=MAX_PICTURES)
FIRST = Number("from", "From", 0, low=0, high=0)
"""Ends where the pictures do, and goes as many further as are shown."""
SHUFFLE = Number("shuffle", "Shuffle", 0, low=0, high=2**31 - 1, help="0 keeps the order of the test set.")
NO_MISTAKE = "Network A makes no mistake on these test pictures."


def sources(trained: int) -> tuple[str, ...]:
    """Return what is offered about so many networks trained here; none trained here have no test set."""
    return tuple(name for name in SOURCES if name != "differ" or trained > 1) if trained else ("sample", "own", "camera")
