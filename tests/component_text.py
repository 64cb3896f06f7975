"""What a component tree says and how it is marked, for tests of words."""

from __future__ import annotations

from typing import Any

from dash.development.base_component import Component


def words(tree: Any) -> str:
    """All text of a component tree, in order."""
    if isinstance(tree, list | tuple):
        return "|".join(filter(None, (words(child) for child in tree)))
    if isinstance(tree, Component):
        return words(getattr(tree, "children", None))
    return "" if tree is None else str(tree)


def classes(tree: Any) -> list[str]:
    """Class names of a component tree, in order."""
    if isinstance(tree, list | tuple):
        return [name for child in tree for name in classes(child)]
    if not isinstance(tree, Component):
        return []
    return [getattr(tree, "className", ""), *classes(getattr(tree, "children", None))]
