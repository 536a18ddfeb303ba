"""What stands in for training."""

from base64 import b64encode
from typing import Any

from explorer.labs.ensemble.result import BlockAccount
from explorer.labs.ensemble.spec import LOOKED_AT


def results(payload: dict[str, Any]) -> list[BlockAccount]:
    """One account a run, of three blocks, in which every picture and every missing block tells."""
    gone = len(payload["removed"]) / 10
    logits = [[(0.0,) * 10, *((place + picture + gone,) * 10 for place in range(3))] for picture in range(LOOKED_AT)]
    one = BlockAccount(
        blocks=("stage1.block1", "stage1.block2", "stage2.block1"), fixed=("stage2.block1",),
        right=(0.1, 0.2 - gone, 0.5, 0.9 - gone), downhill=(0.1, None, -0.2), logits=logits, labels=(7,) * LOOKED_AT,
        pictures=(b64encode(bytes(64)).decode(),) * LOOKED_AT, asked=360,
    )  # fmt: skip
    return [one] * len(payload["runs"])
