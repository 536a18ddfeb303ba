"""How a component of ours is mounted: its modules are static files, so that a rerun sends its data only."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from explorer.ui.components.modules import address
from explorer.ui.components.names import STATIC, Message
from explorer.ui.state import Kept

_STUB = """
let modules;
export default function (component) {{
  modules ??= import(new URL("{address}", window.location.href).href);
  let gone = false;
  modules.then((module) => {{ if (!gone) module.render(component); }});
  return () => {{ gone = true; modules.then((module) => module.destroy(component.parentElement)); }};
}}
"""


class Component:
    """A component of a module that exports `render` and `destroy`, with its style sheets."""

    def __init__(self, name: str, *styles: str) -> None:
        # A single line would be taken for the name of a file.
        css = "/* ours */\n" + "".join(f'@import url("{STATIC}{style}");\n' for style in styles)
        stub = _STUB.format(address=address(name))
        self._mount = st.components.v2.component(f"residual_explorer_{name}", js=stub, css=css, isolate_styles=False)

    def show(self, key: str, data: dict[str, Any], heard: Mapping[Message, Callable[[Any], None]]) -> None:
        """Mount it, or hand it new data; what it tells is heard before the script runs."""
        told: Kept[Mapping[Message, Any]] = Kept(key, {})

        def hearing(message: Message) -> Callable[[], None]:
            return lambda: heard[message](told.get()[message])

        calls: dict[str, Any] = {f"on_{message}_change": hearing(message) for message in heard}
        self._mount(key=key, data=data, **calls)
