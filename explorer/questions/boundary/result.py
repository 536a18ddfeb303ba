"""What the shortcut carries where shapes change, for one picture."""

from explorer.questions.boundary.spec import BoundarySpec
from explorer.questions.question import Question
from explorer.questions.result import Result

Channels = tuple[tuple[tuple[float, ...], ...], ...]
"""Channel × row × column."""


class Boundary(Result):
    """One network at the first block of a stage."""

    block: str
    shortcut: str
    """Its kind, as the outline names it."""
    stride: int
    incoming: Channels
    """x, the block's input; at most the first channels are kept here."""
    carried: Channels | None
    """What the shortcut hands to the sum; None in a plain block."""
    incoming_channels: int
    """How many channels x has in truth."""
    carried_channels: int
    """How many the shortcut hands on, the zero ones included; 0 in a plain block."""
    zero_channels: tuple[int, ...]
    """Which of the carried channels are zero in every pixel, counted from 0."""
    label: int
    """The picture's class; -1 where nobody knows."""

    @property
    def kept(self) -> float:
        """The share of x's pixels that a shortcut of this stride looks at; 1×1 convolutions look at no others."""
        return 1 / self.stride**2


QUESTION = Question(__name__, BoundarySpec, Boundary, doing="Looking at the boundary", takes_file=True)
