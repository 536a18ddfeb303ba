"""The job behind the Speed page."""

from collections.abc import Mapping

from explorer.measure.speed import speed
from explorer.results.result import to_json
from explorer.runs.store import Store
from explorer.specs import DeviceChoice
from explorer.specs.speed import LADDER, SpeedQuestion
from explorer.training.device import device_name, resolve_device
from explorer.worker.asked import Report, validated


def speed_job(payload: Mapping[str, object], blob: bytes, store: Store, report: Report) -> bytes:
    """Return one Speed a network of the ladder as JSON; raises ValueError, one sentence for the page."""
    del blob, store
    question = validated(SpeedQuestion, payload)
    device = resolve_device(DeviceChoice.AUTO)
    name = device_name(device)
    return to_json(speed(LADDER, device, name, batch=question.batch, rounds=question.rounds, report=report))
