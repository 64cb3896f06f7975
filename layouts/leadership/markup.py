"""Plain elements of a page as one component: Dash keeps books about every component it renders, and a page has
hundreds of spans that nothing ever refers to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash.development.base_component import Component

_HTML = "dash_html_components"


class Markup(Component):
    """A forest of plain elements: ``tree`` holds texts and [tag, attributes, child, …].

    assets_leadership/markup.js renders it.
    """

    _namespace = "vanguard_leadership"
    _type = "Markup"

    def __init__(self, tree: Sequence[Any]) -> None:
        # As a generated component has them: Dash reads them from the instance.
        self._prop_names = self.available_properties = ["tree"]
        self._children_props: list[str] = []
        self._valid_wildcard_attributes = self.available_wildcard_properties = list[str]()
        super().__init__(tree=list(tree))  # type: ignore[no-untyped-call]


def folded(content: Any) -> Any:
    """The same content with every element that has no id, and nothing but such elements in it, folded into markup."""
    if isinstance(content, (list, tuple)):
        return _row(content)
    tree = _plain(content)
    if tree is not None:
        return content if isinstance(content, str) else Markup([tree])
    children = getattr(content, "children", None)
    if children is not None and content._namespace == _HTML:
        content.children = folded(children)
    return content


def _row(content: Sequence[Any]) -> list[Any]:
    """Neighbours that fold become one component."""
    found: list[Any] = []
    run: list[Any] = []
    for one in content:
        tree = _plain(one)
        if tree is not None:
            run.append(tree)
            continue
        if run:
            found.append(Markup(run))
            run = []
        found.append(folded(one))
    return [*found, Markup(run)] if run else found


def _plain(content: Any) -> Any:
    """A text or [tag, attributes, child, …]; None where something of it is more than a plain element."""
    if isinstance(content, (str, int, float)):
        return str(content)
    if not isinstance(content, Component) or content._namespace != _HTML:
        return None
    attributes = content.to_plotly_json()["props"]  # type: ignore[no-untyped-call]
    children = attributes.pop("children", None)
    if "id" in attributes:
        return None
    listed = children if isinstance(children, (list, tuple)) else [] if children is None else [children]
    trees = [_plain(child) for child in listed if child is not None]
    return None if any(tree is None for tree in trees) else [content._type.lower(), attributes, *trees]
