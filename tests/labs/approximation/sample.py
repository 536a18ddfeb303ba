"""What stands in for training."""

from typing import Any, get_args

from explorer.labs.approximation.result import Approximation, Kind


def results(payload: dict[str, Any]) -> list[Approximation]:
    """Four fits that tell what was asked, so that another setting gives another picture."""
    fit = (payload["slope"] + payload["wiggle"] + payload["blocks"] / 10,) * 101
    return [Approximation(network=kind, fit=fit, errors=(0.5,) * 400) for kind in get_args(Kind)]
