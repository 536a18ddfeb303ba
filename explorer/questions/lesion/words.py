"""What lesions say, and their control."""

from collections.abc import Mapping, Sequence
from statistics import median

from explorer.questions.lesion.result import LesionResult
from explorer.questions.lesion.spec import Removal
from explorer.specs.control import Choices

REMOVED: Choices[str] = Choices("removed", "Taken away", (), options=(), empty="No block")
"""Offers the blocks of the longest network, by name."""
AXES = {Removal.DELETE: "blocks taken away at random", Removal.SHUFFLE: "pairs of blocks exchanged at random"}
"""What is counted where blocks are drawn."""
Found = Mapping[Removal, Sequence[LesionResult]]
"""What is known so far, of every network."""


def toggled(removed: tuple[str, ...], name: str) -> tuple[str, ...]:
    """Return which blocks are taken away when one more is clicked: it goes, or comes back."""
    return tuple(one for one in removed if one != name) if name in removed else (*removed, name)


def finding(found: Found, names: Sequence[str]) -> str:
    """Return in words what one missing block does, as measured; neutral as long as there is nothing to say."""
    if Removal.SINGLE not in found:
        return "Which blocks can a trained network do without?"
    told = [
        f"{name} {_percent(one.intact)} → {_percent(median(errors[0] for errors in one.errors if errors))}"
        for name, one in zip(names, found[Removal.SINGLE], strict=False)
    ]
    return f"Test error, whole → without one block (median): {', '.join(told)}"


def chosen_words(found: Found, names: Sequence[str], removed: Sequence[str]) -> str:
    """Return what the chosen blocks' absence does to each network."""
    if not removed:
        return "Click blocks in the diagrams to take them away together."
    if Removal.CHOSEN not in found:
        return f"Without {', '.join(removed)}: asking the whole test set."
    told = [
        f"{name} {_percent(one.intact)} → {_percent(one.errors[0][0])}"
        for name, one in zip(names, found[Removal.CHOSEN], strict=False)
    ]
    return f"Without {', '.join(removed)}: {', '.join(told)}"


def caption(pictures: int) -> str:
    """Return what was measured, over so many pictures."""
    return (
        f"All {pictures} test pictures; the weights and the batch-norm statistics stay as they were trained. A block "
        "without its branch is its shortcut; a plain block is skipped whole, and where it changes shapes (×) it stays. "
        "Bands hold five random draws. After Veit et al. 2016, arXiv:1605.06431."
    )


def _percent(share: float) -> str:
    return f"{100 * share:.3g} %"
