"""Controls in two columns."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from explorer.specs.control import Choice, Control, Number, Switch
from explorer.ui.widgets import number_input, selectbox, toggle

_DRAW: dict[type[Control[Any]], Callable[..., Any]] = {Choice: selectbox, Number: number_input, Switch: toggle}


def show_control(control: Control[Any], **more: Any) -> Any:
    """Draw a control as its kind is drawn in the builder and return its value."""
    return _DRAW[type(control)](control, **more)


def show_columns(controls: Mapping[str, Control[Any]], **more: Mapping[str, Any]) -> dict[str, object]:
    """Draw controls, two a row, and return their values by name; `more` are further arguments of some, by name."""
    columns, values = st.columns(2), {}
    for index, (name, control) in enumerate(controls.items()):
        with columns[index % 2]:
            values[name] = show_control(control, **more.get(name, {}))
    return values
