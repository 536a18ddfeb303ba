"""Events as lines: as JSON, what `train --json` prints and what recorded runs are kept in, and in words."""

import math
from dataclasses import asdict
from typing import Any

from explorer.runs.events import Checkpoint, Diverged, Evaluation, Event, Failed, Finished, Started, Step

_KINDS: dict[str, type[Event]] = {
    "started": Started,
    "step": Step,
    "evaluation": Evaluation,
    "checkpoint": Checkpoint,
    "finished": Finished,
    "diverged": Diverged,
    "failed": Failed,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}


def to_line(event: Event) -> dict[str, Any]:
    """Return an event as plain data for one JSON line; a number that is not finite becomes null, others have
    six digits.

    A checkpoint's bytes are left out: the line says only that there is one.
    """
    fields = {"step": event.step} if isinstance(event, Checkpoint) else asdict(event)
    return {"event": _NAMES[type(event)], **{name: _plain(value) for name, value in fields.items()}}


def to_words(event: Event) -> str:
    """Return an event as a person reads it; nothing for those that tell a person nothing."""
    match event:
        case Step():
            return f"step {event.step}: loss {event.loss:.4g}"
        case Evaluation():
            return f"step {event.step}: training error {event.train_error:.1%}, test error {event.test_error:.1%}"
        case Finished():
            return f"Finished: training error {event.train_error:.1%}, test error {event.test_error:.1%}."
        case Diverged():
            return f"Diverged at step {event.step}, first seen in {event.layer}."
        case Failed():
            return event.reason
    return ""


def from_line(line: dict[str, Any]) -> Event:
    """Return the event of a line (without checkpoints); raises ValueError on any other content."""
    fields = dict(line)
    kind = _KINDS.get(str(fields.pop("event", "")))
    if kind is None or kind is Checkpoint:
        raise ValueError(f"event is {line.get('event')!r}: allowed are {', '.join(_KINDS)}, but for checkpoint.")
    try:
        return kind(**{name: _revived(value) for name, value in fields.items()})
    except TypeError as error:
        raise ValueError(f"This line is not a {line['event']} event: {error}.") from error


def _plain(value: object) -> object:
    if isinstance(value, float):
        return float(f"{value:.6g}") if math.isfinite(value) else None
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


def _revived(value: object) -> Any:
    if isinstance(value, list):
        return tuple(_revived(item) for item in value)
    return math.nan if value is None else value
