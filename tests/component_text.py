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


def raw_values(tree: Any) -> dict[str, str]:
    """data-value by data-measure."""
    if isinstance(tree, list | tuple):
        return {k: v for child in tree for k, v in raw_values(child).items()}
    if not isinstance(tree, Component):
        return {}
    own = vars(tree)
    found = {own["data-measure"]: own["data-value"]} if "data-measure" in own else {}
    return {**found, **raw_values(getattr(tree, "children", None))}
