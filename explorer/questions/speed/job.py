"""The job behind the Speed page."""

from collections.abc import Mapping

from explorer.questions.given import Report, validated
from explorer.questions.result import to_json
from explorer.questions.speed.measure import speed
from explorer.questions.speed.spec import LADDER, SpeedQuestion
from explorer.runs.store import Store
from explorer.specs import DeviceChoice
from explorer.training.device import device_name, resolve_device


def speed_job(payload: Mapping[str, object], blob: bytes, store: Store, report: Report) -> bytes:
    """Return one Speed a network of the ladder as JSON; raises ValueError, one sentence for the page."""
    del blob, store
    question = validated(SpeedQuestion, payload)
    device = resolve_device(DeviceChoice.AUTO)
    name = device_name(device)
    return to_json(speed(LADDER, device, name, batch=question.batch, rounds=question.rounds, report=report))
