"""What stands in for training."""

from base64 import b64encode
from typing import Any

from explorer.labs.sharpening.result import Sharpening
from explorer.labs.sharpening.spec import SNAPSHOTS, Blur


def results(payload: dict[str, Any]) -> list[Sharpening]:
    """Two networks whose pictures are grey, another grey after every step and for every blur."""
    blur = list(Blur).index(payload["blur"])
    greys = [b64encode(bytes([20 * place + blur]) * 96**2).decode() for place in range(len(SNAPSHOTS))]
    return [
        Sharpening(
            shortcut=shortcut, sharp=greys[5], blurred=greys[4], outputs=greys, quality=(10.0,) * 50 + (25.0,) * 351,
            untouched=20.0 if shortcut else 30.0,
        )
        for shortcut in (False, True)
    ]  # fmt: skip
