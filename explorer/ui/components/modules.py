"""The components' modules as a browser fetches them: each component as one file, since every request costs it milliseconds."""

import hashlib
import posixpath
import re
from functools import cache
from pathlib import Path

from explorer.ui.components.names import STATIC

FOLDER = Path(__file__).parent / "static"
COMPONENTS = ("race", "blocks", "drag")
_IMPORT = re.compile(r'^import (\{.+\}) from "(.+)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async function|function|class|const) (\w+))", re.MULTILINE)


@cache
def bundled(component: str) -> str:
    """Return a component's module and all that it imports as one module; each keeps a scope of its own."""
    parts: dict[str, str] = {}

    def add(path: str) -> None:
        def imported(found: re.Match[str]) -> str:
            there = posixpath.normpath(posixpath.join(posixpath.dirname(path), found[2]))
            if there not in parts:
                add(there)
            return f'const {found[1]} = modules["{there}"];'

        text = _IMPORT.sub(imported, (FOLDER / path).read_text("utf-8"))
        names = ", ".join(name for _, name in _EXPORT.findall(text))
        body = _EXPORT.sub(r"\1", text)
        parts[path] = f'modules["{path}"] = (() => {{\n{body}return {{ {names} }};\n}})();\n'

    add(f"{component}.js")
    return f'const modules = {{}};\n{"".join(parts.values())}export const {{ render, destroy }} = modules["{component}.js"];\n'


def address(component: str) -> str:
    """Return where a component's bundle is found: under another address when it says something else, so it is kept for ever."""
    return f"{STATIC}bundled/{component}.js?{hashlib.sha256(bundled(component).encode()).hexdigest()[:12]}"
