"""What the loss surface says, and its controls."""

from collections.abc import Sequence

from explorer.questions.surface.result import Surface
from explorer.specs.control import Choice, Number

SPAN = Choice("surface_span", "How far", 0.5, options=(0.1, 0.25, 0.5, 1.0))
SEED = Number("surface_seed", "Directions (seed)", 0, low=0, high=999)
DRAWN = Choice("surface_view", "Drawn as", "contours", options=("contours", "3-D"), address=False, silent=True)


def finding(results: Sequence[Surface], names: Sequence[str]) -> str:
    """Return in words how much the loss rises along the slice, as measured."""
    told = [
        f"{name} {_number(one.rows[0])} (here {_short(one.rows[0][len(one.places) // 2])})"
        for name, one in zip(names, results, strict=False)
        if one.rows[0]
    ]
    return f"Loss at most, along the slice: {', '.join(told)}"


def caption(pictures: int) -> str:
    """Return what was computed, over so many pictures."""
    return (
        f"Loss $E(w + a\\,\\delta + b\\,\\eta)$, mean over {pictures} training pictures, weights as they were trained "
        "in the middle. Directions are random, every filter as long as the one it is added to; biases and batch norm stay, "
        "with the statistics of training (evaluation mode). After Li et al. 2018, arXiv:1712.09913."
    )


def _number(row: Sequence[float | None] | None) -> str:
    return _short(max((loss for loss in row or () if loss is not None), default=None))


def _short(loss: float | None) -> str:
    return "not finite" if loss is None else f"{loss:.3g}"
