"""What stands in for training."""

from typing import Any

from explorer.labs.correction.result import BlockWeights, Correction
from explorer.labs.correction.spec import SNAPSHOTS


def results(payload: dict[str, Any]) -> list[Correction]:
    """Two mappings that change from snapshot to snapshot."""
    snapshots = tuple(
        BlockWeights(first=((1.0, payload["wiggle"]),), bias=(0.1,), second=((0.2,), (number / 10,)))
        for number in range(len(SNAPSHOTS))
    )
    return [Correction(shortcut=shortcut, snapshots=snapshots, right=(0.5, 0.9)) for shortcut in (False, True)]
