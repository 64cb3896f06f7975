"""The pages of the kiosk: one module per line of the registry, each with ``body(kiosk) -> components``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module

from dash.development.base_component import Component

from layouts.kiosk.context import Kiosk


def body_of(slug: str) -> Callable[[Kiosk], Sequence[Component]]:
    """The function that lays a page out."""
    found: Callable[[Kiosk], Sequence[Component]] = import_module(
        f"layouts.kiosk.pages.{slug.replace('-', '_')}"
    ).body
    return found
