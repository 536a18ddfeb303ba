"""What stands in for training."""

from typing import Any

from explorer.labs.euler.result import SpiralNetwork


def results(_payload: dict[str, Any]) -> list[SpiralNetwork]:
    """Two networks whose field turns."""
    return [
        SpiralNetwork(
            implicit=implicit, first=((1.0, 0.0), (0.0, 1.0)), bias=(0.0, 0.0), second=((0.0, -1.0), (1.0, 0.0)),
            readout=(1.0, 0.0), offset=0.0, losses=(0.7,), accuracy=0.5,
        )
        for implicit in (False, True)
    ]  # fmt: skip
