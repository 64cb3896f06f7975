"""A component tree as HTML text.

The page of the kiosk has some thousand elements. Dash keeps every component it mounts in a store and tells all of them
of every change: a redraw would stop the page for many seconds. So it is handed one attribute of HTML.
"""

from __future__ import annotations

import re
from html import escape
from typing import Any

from dash.development.base_component import Component

_NAMES = {"className": "class", "tabIndex": "tabindex"}
_VOID = {"br"}


def markup(tree: Any) -> str:
    """HTML of components of ``dash.html``, texts and lists of them; SVG of ``data-svg`` stands inside its element."""
    if isinstance(tree, list | tuple):
        return "".join(markup(part) for part in tree)
    if not isinstance(tree, Component):
        return "" if tree is None else escape(str(tree), quote=False)
    told = tree.to_plotly_json()  # type: ignore[no-untyped-call]
    name, props = str(told["type"]).lower(), dict(told["props"])
    inside = markup(props.pop("children", None)) + str(props.pop("data-svg", ""))
    props.pop("disable_n_clicks", None)
    attributes = "".join(_attribute(key, value) for key, value in props.items())
    return f"<{name}{attributes}>" if name in _VOID else f"<{name}{attributes}>{inside}</{name}>"


def _attribute(key: str, value: Any) -> str:
    if value is None or value is False:
        return ""
    name = _NAMES.get(key, key)
    if value is True:
        return f" {name}"
    if key == "style":
        value = ";".join(f"{_hyphenated(k)}:{v}" for k, v in value.items())
    return f' {name}="{escape(str(value), quote=True)}"'


def _hyphenated(name: str) -> str:
    """flexGrow is flex-grow."""
    return re.sub("([A-Z])", r"-\1", name).lower()
