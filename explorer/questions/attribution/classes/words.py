"""Which classes are compared, and what is said of them."""

from collections.abc import Sequence

from explorer.questions.attribution.methods.figure import title
from explorer.questions.attribution.methods.spec import Method
from explorer.specs.control import Choices

PHOTOGRAPHED = ("tabby", "Egyptian cat", "espresso", "cup", "missile", "space shuttle")
MANY, MOST = 100, 10
CLASSES: Choices[str] = Choices("classes", "Classes", (), options=(), most=MOST, empty="Choose classes", silent=True)
"""Offers the classes of the dataset."""
NONE_CHOSEN = "Choose at least one class."


def usual(classes: Sequence[str]) -> tuple[str, ...]:
    """Return the first ones; of a thousand, those that stand for the shipped photographs."""
    return tuple(name for name in PHOTOGRAPHED if name in classes) if len(classes) > MANY else tuple(classes[:MOST])


def finding(method: Method, count: int) -> str:
    """Return what is compared."""
    return f"{title(method)} for {count} classes: what speaks for each?"
