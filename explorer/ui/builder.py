"""The builder in the sidebar: network A, its rivals as copies of A plus what differs, and the training.

Every widget is bound to the URL by its key, so a link carries the whole choice; Streamlit falls back to the default
where a link holds a value that a widget does not offer, and the specs validate what passes.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import streamlit as st

from explorer.drawing.palette import COLOURS, LETTERS, css_ink
from explorer.questions.dataset.view import show_card
from explorer.specs import (
    CARDS,
    PRESETS,
    Augmentation,
    Block,
    DatasetName,
    DatasetSpec,
    DeviceChoice,
    NetworkSpec,
    Normalisation,
    Optimiser,
    Order,
    Precision,
    Race,
    Recipe,
    Schedule,
    Shortcut,
    depths,
)

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
_START = PRESETS[0].race
_HELP = {name: field.description for name, field in (NetworkSpec.model_fields | Recipe.model_fields).items()}


def show_builder() -> Race:
    """Draw the builder in the sidebar and return the race it describes.

    Raises pydantic.ValidationError where the values do not fit together; `explorer.specs.sentences` words it.
    """
    with st.sidebar:
        _presets()
        count = st.segmented_control(
            "Networks", (1, 2, 3, 4), default=2, key="networks", bind="query-params", required=True
        )
        first = _first_network()
        rivals = [first | _rival(letter, first) for letter in LETTERS[1 : int(count or 1)]]
        with st.expander("Training and data", key="training"):
            training = _training()
    return Race.model_validate({"networks": [first, *rivals], **training})


def load(race: Race) -> None:
    """Set every widget of the builder to a race; call it before the widgets are drawn."""
    first = race.networks[0]
    state = st.session_state
    state["networks"] = len(race.networks)
    for field in FIELDS:
        state[f"a_{field}"] = getattr(first, field)
    for letter, network in zip(LETTERS[1:], race.networks[1:], strict=False):
        differing = [field for field in FIELDS if getattr(network, field) != getattr(first, field)]
        state[f"{letter.lower()}_differs"] = differing
        for field in differing:
            state[f"{letter.lower()}_{field}"] = getattr(network, field)
    state["dataset"], state["device"] = race.dataset.name, race.device
    state["noise"], state["clutter"] = race.dataset.noise, race.dataset.clutter
    for field, value in race.recipe:
        state[field] = value


def load_preset(name: str | None) -> None:
    """Set the builder to a preset; an unknown name changes nothing."""
    for preset in PRESETS:
        if preset.name == name:
            load(preset.race)


def preset_of(race: Race) -> str | None:
    """Return the name of the preset that a race is, or None."""
    return next((preset.name for preset in PRESETS if preset.race.experiments == race.experiments), None)


def _presets() -> None:
    st.pills(
        "Presets",
        tuple(PRESET_NAMES),
        format_func=PRESET_NAMES.__getitem__,
        key="preset",
        on_change=lambda: load_preset(st.session_state["preset"]),
        help="Keys 1 to 6.",
    )


def _heading(letter: str, words: str) -> None:
    index = LETTERS.index(letter)
    rule, mark = f"border-top:2px solid {COLOURS[index]};padding-top:4px", f"color:{css_ink(index)}"
    st.html(f'<div style="{rule}"><b style="{mark}">{letter}</b> {words}</div>')


def _first_network() -> dict[str, object]:
    _heading("A", "the first network")
    start = _START.networks[0].model_dump()
    values = dict(_fields("a", ("depth", "shortcut", "block", "order"), start))
    with st.expander("More of A", key="more_of_a"):
        values |= dict(_fields("a", ("width", "normalisation", "branch_scale", "zero_last_gain"), start))
    return values


def _rival(letter: str, first: Mapping[str, object]) -> dict[str, object]:
    _heading(letter, "as A, except for")
    prefix = letter.lower()
    differs = st.multiselect(
        f"{letter} differs in",
        tuple(FIELDS),
        default=["shortcut"],
        format_func=FIELDS.__getitem__,
        key=f"{prefix}_differs",
        bind="query-params",
        label_visibility="collapsed",
        placeholder="nothing: choose what differs",
    )
    return dict(_fields(prefix, differs, {name: _other(name, first[name]) for name in differs}))


def _other(name: str, value: object) -> object:
    """Return where a rival begins when it shall differ in a field: what A is not."""
    pairs: dict[str, tuple[object, object]] = {
        "depth": (56, 20),
        "width": (16, 8),
        "branch_scale": (0.5, 1.0),
        "zero_last_gain": (True, False),
        "block": (Block.BOTTLENECK, Block.BASIC),
        "order": (Order.PRE, Order.POST),
        "shortcut": (Shortcut.A, Shortcut.NONE),
        "normalisation": (Normalisation.NONE, Normalisation.BATCH),
    }
    wanted, otherwise = pairs[name]
    return otherwise if value == wanted else wanted


def _fields(prefix: str, names: Iterable[str], start: Mapping[str, Any]) -> Iterable[tuple[str, object]]:
    """Yield (field, value) for every named field, two widgets a row; `start` holds what they begin with."""
    columns = st.columns(2)
    for index, name in enumerate(names):
        with columns[index % 2]:
            yield name, _field(prefix, name, start[name])


def _field(prefix: str, name: str, value: Any) -> object:
    key = f"{prefix}_{name}"
    label, help_text = FIELDS[name].capitalize(), _HELP[name]
    choices = {"block": Block, "order": Order, "shortcut": Shortcut, "normalisation": Normalisation}
    if name in choices:
        options = tuple(choices[name])
        return st.selectbox(
            label, options, index=options.index(value), key=key, bind="query-params", help=help_text,
            format_func=_words, on_change=_fit_depth if name == "block" else None, args=(prefix,) if name == "block" else None,
        )  # fmt: skip
    if name == "zero_last_gain":
        return st.toggle(label, value=value, key=key, bind="query-params", help=help_text)
    if name == "branch_scale":
        return st.number_input(label, 0.01, 10.0, value, 0.1, key=key, bind="query-params", help=help_text)
    low, high, step = (4, 64, 4) if name == "width" else _depth_bounds(prefix)
    return st.number_input(label, low, high, value, step, key=key, bind="query-params", help=help_text)


def _words(option: str) -> str:
    return f"option {option}" if option in {"A", "B", "C"} else str(option)


def _block_of(prefix: str) -> Block:
    own = st.session_state.get(f"{prefix}_block")
    return Block(own or st.session_state.get("a_block") or Block.BASIC)


def _depth_bounds(prefix: str) -> tuple[int, int, int]:
    fitting = depths(_block_of(prefix))
    return fitting[0], fitting[-1], fitting.step


def _fit_depth(prefix: str) -> None:
    """Another block has another form: move the depth to the nearest that fits."""
    depth = st.session_state.get(f"{prefix}_depth")
    if depth is not None:
        fitting = depths(_block_of(prefix))
        st.session_state[f"{prefix}_depth"] = min(fitting, key=lambda one: abs(one - depth))


def _training() -> dict[str, object]:
    names = tuple(DatasetName)
    name = st.selectbox("Dataset", names, key="dataset", format_func=lambda one: CARDS[one].title, bind="query-params")
    dataset: dict[str, object] = {"name": name}
    if name is DatasetName.SHAPES:
        left, right = st.columns(2)
        dataset["noise"] = left.number_input("Noise", 0.0, 1.0, 0.2, 0.1, key="noise", bind="query-params")
        dataset["clutter"] = right.number_input("Clutter", 0.0, 1.0, 0.5, 0.1, key="clutter", bind="query-params")
    show_card(DatasetSpec.model_validate(dataset))
    device = st.selectbox("Device", tuple(DeviceChoice), key="device", bind="query-params")
    return {"dataset": dataset, "device": device, "recipe": _recipe(_START.recipe)}


def _recipe(start: Recipe) -> dict[str, object]:
    numbers = {
        "steps": (1, 100_000, 50), "batch": (2, 1024, 16), "learning_rate": (1e-5, 10.0, 0.01), "warmup": (0, 100_000, 10),
        "momentum": (0.0, 0.999, 0.1), "weight_decay": (0.0, 1.0, 1e-4), "seed": (0, 2**31 - 1, 1),
        "log_every": (1, 100_000, 1), "evaluate_every": (1, 100_000, 10), "checkpoint_every": (1, 100_000, 10),
    }  # fmt: skip
    choices = {"optimiser": Optimiser, "schedule": Schedule, "augmentation": Augmentation, "precision": Precision}
    values: dict[str, object] = {}
    columns = st.columns(2)
    for index, name in enumerate((*numbers, *choices)):
        value, label = getattr(start, name), name.replace("_", " ").capitalize()
        with columns[index % 2]:
            if name in numbers:
                low, high, step = numbers[name]
                pattern = "%g" if isinstance(step, float) else None
                values[name] = st.number_input(
                    label, low, high, value, step, pattern, key=name, bind="query-params", help=_HELP[name]
                )
            else:
                options = tuple(choices[name])
                values[name] = st.selectbox(
                    label, options, index=options.index(value), key=name, bind="query-params", help=_HELP[name]
                )
    values["nesterov"] = st.toggle(
        "Nesterov", start.nesterov, key="nesterov", bind="query-params", help=_HELP["nesterov"]
    )
    return values
