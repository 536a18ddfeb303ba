"""The loss around a trained network."""

from explorer.questions.question import Question
from explorer.questions.result import Result
from explorer.questions.surface.spec import SurfaceSpec

Row = tuple[float | None, ...]
"""Losses along the first direction; None where the loss is not finite."""


class Surface(Result):
    """One network's loss on a grid w + a δ + b η of weights; a slice has b = 0 alone."""

    places: tuple[float, ...]
    """The values that a takes, and b."""
    rows: tuple[Row | None, ...]
    """One for every b, smallest first; None where it is not computed yet. A slice has one row."""
    pictures: int
    """Training pictures that the loss is the mean of."""

    @property
    def centre(self) -> float | None:
        """The loss at the trained weights."""
        middle = self.rows[len(self.rows) // 2]
        return middle[len(self.places) // 2] if middle else None

    @property
    def worst(self) -> float | None:
        """The greatest finite loss so far."""
        return max((loss for row in self.rows if row for loss in row if loss is not None), default=None)


QUESTION = Question(__name__, SurfaceSpec, Surface, doing="Walking along a line")
