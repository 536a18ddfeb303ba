"""How a component of ours is mounted: its modules are static files, so that a rerun sends its data only."""

from collections.abc import Callable
from typing import Any

import streamlit as st

_STUB = """
let modules;
export default function (component) {{
  modules ??= import(new URL("/explorer-static/{module}", window.location.href).href);
  let gone = false;
  modules.then((module) => {{ if (!gone) module.render(component); }});
  return () => {{ gone = true; modules.then((module) => module.destroy(component.parentElement)); }};
}}
"""


def component(name: str, module: str, *styles: str) -> Callable[..., Any]:
    """Register the component of a module that exports `render` and `destroy`, with its style sheets."""
    # A single line would be taken for the name of a file.
    css = "/* ours */\n" + "".join(f'@import url("/explorer-static/{style}");\n' for style in styles)
    stub = _STUB.format(module=module)
    return st.components.v2.component(f"residual_explorer_{name}", js=stub, css=css, isolate_styles=False)
