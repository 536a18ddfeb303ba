"""What stands in for training."""

from typing import Any

from explorer.labs.through_time.result import AddingLearned


def results(payload: dict[str, Any]) -> list[AddingLearned]:
    """A network whose error tells its bias."""
    return [AddingLearned(cell=payload["cell"], errors=(0.1 + payload["bias"] / 100,) * 600)]
