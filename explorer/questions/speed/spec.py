"""The question how long networks take for their multiply-adds, on this machine."""

from pydantic import Field

from explorer.questions.spec import Spec
from explorer.specs.network import Block, NetworkSpec, Shortcut

SHAPE = (3, 32, 32)
LADDER = tuple(
    NetworkSpec(input_shape=SHAPE, depth=depth, width=width, block=block, shortcut=shortcut)
    for depth, width, block, shortcut in (
        (8, 16, Block.BASIC, Shortcut.A),
        (20, 16, Block.BASIC, Shortcut.A),
        (32, 16, Block.BASIC, Shortcut.A),
        (56, 16, Block.BASIC, Shortcut.A),
        (110, 16, Block.BASIC, Shortcut.A),
        (20, 4, Block.BASIC, Shortcut.A),
        (20, 8, Block.BASIC, Shortcut.A),
        (20, 32, Block.BASIC, Shortcut.A),
        (20, 16, Block.BASIC, Shortcut.NONE),
        (29, 16, Block.BOTTLENECK, Shortcut.B),
        (56, 16, Block.BOTTLENECK, Shortcut.B),
    )
)
"""Deeper, narrower, wider, plain and bottleneck networks of the CIFAR form."""


class SpeedSpec(Spec):
    """How networks are timed: on random pictures, for only time is measured."""

    batch: int = Field(default=32, ge=1, le=256)
    """Pictures at a time."""
    rounds: int = Field(default=3, ge=1, le=20)
    """Each round times every network once; told is the median."""
