"""Sentences for values that a spec refuses."""

from pydantic import ValidationError


def sentences(error: ValidationError) -> list[str]:
    """Return one sentence per refused value: the field, the value and what is allowed.

    The same sentences stand on the page and on the command line (exit code 2).
    """
    return [_sentence(str(item["loc"][-1]) if item["loc"] else "", item) for item in error.errors()]


def _sentence(field: str, item: object) -> str:
    assert isinstance(item, dict)
    message = str(item["msg"])
    if item["type"] in {"spec", "value_error"}:  # our own validators already name the field
        return message
    return f"{field} is {_short(item['input'])}: {_lower_first(message)}."


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "..."


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
