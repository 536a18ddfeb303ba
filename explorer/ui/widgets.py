"""How controls are drawn: every widget of the app whose value stands in the session or in the address."""

from typing import Any, TypeVar, cast

import streamlit as st

from explorer.specs.control import Choice, Choices, Control, Number, Switch, Text

T = TypeVar("T")
N = TypeVar("N", int, float)


def value(control: Control[T]) -> T:
    """Return what a control stands at: its start until it is drawn or set."""
    return cast(T, st.session_state.get(control.key, control.start))


def is_set(control: Control[Any]) -> bool:
    """Return whether a control was drawn or set in this session."""
    return control.key in st.session_state


def set_value(control: Control[T], chosen: T) -> None:
    """Set a control before it is drawn, as the callbacks of others do."""
    st.session_state[control.key] = list(chosen) if isinstance(chosen, tuple) else chosen


def _bound(control: Control[Any], **more: Any) -> dict[str, Any]:
    return {
        "label": control.label,
        "key": control.key,
        "help": control.help,
        "bind": "query-params" if control.address else None,
        "label_visibility": "collapsed" if control.silent else "visible",
        **more,
    }


def slider(control: Number[N], **more: Any) -> N:
    """Draw a slider and return its value, rounded to its step."""
    ends = {"min_value": control.low, "max_value": control.high, "value": control.start, "step": control.step}
    chosen: N = st.slider(**_bound(control, **ends, format=control.format, **more))
    return chosen if isinstance(chosen, int) else round(chosen, control.digits)


def number_input(control: Number[N], **more: Any) -> N:
    """Draw a field for a number and return its value."""
    ends = {"min_value": control.low, "max_value": control.high, "value": control.start, "step": control.step}
    chosen: N = st.number_input(**_bound(control, **ends, format=control.format, **more))
    return chosen


def select_slider(control: Choice[T], **more: Any) -> T:
    """Draw a slider over options and return the chosen one."""
    offered = {"options": control.options, "value": control.start, "format_func": control.words}
    return cast(T, st.select_slider(**_bound(control, **offered, **more)))


def selectbox(control: Choice[T], **more: Any) -> T:
    """Draw a list to choose from and return the chosen option."""
    offered = {"options": control.options, "index": control.options.index(control.start), "format_func": control.words}
    return cast(T, st.selectbox(**_bound(control, **offered, **more)))


def segments(control: Choice[T], **more: Any) -> T:
    """Draw options beside each other, one of them chosen, and return it."""
    offered = {"options": control.options, "default": control.start, "format_func": control.words, "required": True}
    return cast(T, st.segmented_control(**_bound(control, **offered, **more)))


def pills(control: Choices[T], **more: Any) -> tuple[T, ...]:
    """Draw options of which any may be chosen and return those, in the order of the options."""
    offered = {"options": control.options, "default": control.start, "format_func": control.words}
    chosen = st.pills(**_bound(control, **offered, selection_mode="multi", **more))
    return tuple(one for one in control.options if one in (chosen or ()))


def multiselect(control: Choices[T], **more: Any) -> tuple[T, ...]:
    """Draw a list of which several may be chosen and return those, as they were chosen."""
    offered = {"options": control.options, "default": control.start or None, "format_func": control.words}
    limits = {"max_selections": control.most, "placeholder": control.empty}
    return tuple(st.multiselect(**_bound(control, **offered, **limits, **more)))


def toggle(control: Switch, **more: Any) -> bool:
    """Draw a switch and return whether it is on."""
    return st.toggle(**_bound(control, value=control.start, **more))


def checkbox(control: Switch, **more: Any) -> bool:
    """Draw a box to tick and return whether it is ticked."""
    return st.checkbox(**_bound(control, value=control.start, **more))


def text_input(control: Text, **more: Any) -> str:
    """Draw a line for text and return what stands in it."""
    return st.text_input(**_bound(control, value=control.start, max_chars=control.most, **more)) or ""
