"""What the stage boundary says, and its controls."""

from typing import Literal

from explorer.questions.boundary.result import Boundary
from explorer.specs import CARDS, Card
from explorer.specs.control import Choice, Number

_SOURCES = {"test": "Test picture", "own": "My own"}
INTO: Choice[Literal[2, 3]] = Choice("into", "Into stage", 2, options=(2, 3))
SOURCE = Choice("boundary_source", "Picture", "test", options=tuple(_SOURCES), words=_SOURCES.__getitem__)
IMAGE = Number("boundary_image", "Number", 0, low=0, high=max(card.test_size for card in CARDS.values()) - 1)
"""Its place in the test set."""
UPLOAD = "Upload a picture in the sidebar to see what of it passes over the shortcut."
CAPTION = (
    "Evaluation mode. Pale pixels of x are those that the stride passes over; crossed channels are zero in every pixel. "
    "Option A and projections: He et al. 2015, section 3.3, arXiv:1512.03385."
)


def asking(stage: int, image: int | str, label: int, card: Card) -> str:
    """Return in words what is asked of a picture."""
    named = "your picture" if image == "upload" else f"picture {image} (class {card.classes[label]})"
    return f"Into stage {stage} the picture halves and the channels double: what of {named} passes over the shortcut?"


def finding(one: Boundary) -> str:
    """Return in words what the shortcut keeps, as measured on this picture."""
    if one.carried is None:
        return "no shortcut; everything passes through the branch."
    zero = len(one.zero_channels)
    looks = f"it looks at {100 * one.kept:.3g} % of the pixels"
    return f"{one.shortcut} shortcut; {looks}, and {zero} of its {one.carried_channels} channels are zero."
