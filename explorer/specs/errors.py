"""Sentences for values that a spec refuses."""

from pydantic import ValidationError
from pydantic_core import ErrorDetails

Place = tuple[int | str, ...]


def sentences(error: ValidationError) -> list[str]:
    """Return one sentence per refused value: the field, the value and what is allowed.

    The same sentences stand on the page and on the command line (exit code 2).
    """
    items = error.errors()
    places = [item["loc"] for item in items]
    return [_whose(item["loc"]) + _sentence(item) for item in items if not _holds_another(item["loc"], places)]


def _holds_another(place: Place, places: list[Place]) -> bool:
    """Whether another error lies deeper inside this place: then that one says it better."""
    return any(other != place and other[: len(place)] == place for other in places)


def _whose(place: Place) -> str:
    """Which network of a race is meant, by the letter that the page gives it."""
    match place:
        case ("networks", int(index), *_):
            return f"Network {'ABCD'[index]}: " if index < 4 else ""
    return ""


def _sentence(item: ErrorDetails) -> str:
    if item["type"] in {"spec", "value_error"}:  # our own validators already name the field
        return item["msg"]
    field = next((part for part in reversed(item["loc"]) if isinstance(part, str)), "value")
    return f"{field} is {_short(item['input'])}: {_lower_first(item['msg'])}."


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "..."


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
