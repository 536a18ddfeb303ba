"""What the builder calls things, and its controls: those of a network for A, B, C and D, what differs, the training."""

from enum import StrEnum
from typing import Any

from explorer.drawing.palette import LETTERS
from explorer.specs import CARDS, PRESETS, DatasetName, DeviceChoice, NetworkSpec, Recipe, depths
from explorer.specs.control import Choice, Choices, Control, Number, Switch

FIELDS = {
    "depth": "depth",
    "block": "block",
    "order": "order",
    "shortcut": "shortcut",
    "width": "width",
    "normalisation": "normalisation",
    "branch_scale": "branch scale α",
    "zero_last_gain": "zero last gain",
}
PRESET_NAMES = {
    "degradation": "Degradation",
    "shallow-and-deep": "20 and 56 layers",
    "shortcut-options": "Options A, B, C",
    "basic-or-bottleneck": "Basic or bottleneck",
    "pre-activation-110": "Pre-activation at 110",
    "without-normalisation": "No normalisation",
}
START = PRESETS[0].race
"""What the app opens with."""
_FITTING = depths(START.networks[0].block)
_NUMBERS: dict[str, tuple[float, float, float]] = {
    "depth": (_FITTING[0], _FITTING[-1], _FITTING.step), "width": (4, 64, 4), "branch_scale": (0.01, 10.0, 0.1),
    "steps": (1, 100_000, 50), "batch": (2, 1024, 16), "learning_rate": (1e-5, 10.0, 0.01), "warmup": (0, 100_000, 10),
    "momentum": (0.0, 0.999, 0.1), "weight_decay": (0.0, 1.0, 1e-4), "seed": (0, 2**31 - 1, 1),
    "log_every": (1, 100_000, 1), "evaluate_every": (1, 100_000, 10), "checkpoint_every": (1, 100_000, 10),
}  # fmt: skip
"""Least, greatest and step of every field that is a number."""


def _words(option: str) -> str:
    return f"option {option}" if option in {"A", "B", "C"} else str(option)


def _control(spec: NetworkSpec | Recipe, field: str, key: str, label: str, pattern: str | None = None) -> Control[Any]:
    """The control of a field of a spec, which starts where the spec stands."""
    start, told = getattr(spec, field), type(spec).model_fields[field].description
    if isinstance(start, bool):
        return Switch(key, label, start, help=told)
    if isinstance(start, StrEnum):
        return Choice(key, label, start, options=tuple(type(start)), words=_words, help=told)
    low, high, step = _NUMBERS[field]
    return Number(key, label, start, low=low, high=high, step=step, format=pattern if isinstance(start, float) else None, help=told)


COUNT = Choice("networks", "Networks", 2, options=(1, 2, 3, 4))
NETWORKS = {
    letter: {
        field: _control(START.networks[0], field, f"{letter.lower()}_{field}", words.capitalize())
        for field, words in FIELDS.items()
    }
    for letter in LETTERS
}
DIFFERS = {
    letter: Choices(
        f"{letter.lower()}_differs", f"{letter} differs in", ("shortcut",), options=tuple(FIELDS), words=FIELDS.__getitem__,
        silent=True, empty="nothing: choose what differs",
    )
    for letter in LETTERS[1:]
}  # fmt: skip
DATASET = Choice("dataset", "Dataset", DatasetName.DIGITS, options=tuple(DatasetName), words=lambda name: CARDS[name].title)
NOISE = Number("noise", "Noise", 0.2, low=0.0, high=1.0, step=0.1)
CLUTTER = Number("clutter", "Clutter", 0.5, low=0.0, high=1.0, step=0.1)
DEVICE = Choice("device", "Device", DeviceChoice.AUTO, options=tuple(DeviceChoice))
RECIPE = {
    field: _control(START.recipe, field, field, field.replace("_", " ").capitalize(), "%g")
    for field in (
        "steps", "batch", "learning_rate", "warmup", "momentum", "weight_decay", "seed", "log_every", "evaluate_every",
        "checkpoint_every", "optimiser", "schedule", "augmentation", "precision", "nesterov",
    )
}  # fmt: skip
