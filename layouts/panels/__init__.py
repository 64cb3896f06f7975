"""The HTML layer of every panel, by slug."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from dashboard.panels import PANELS


def _bodies() -> dict[str, ModuleType]:
    found = {}
    for panel in PANELS:
        found[panel.slug] = import_module(f"layouts.panels.{panel.slug.replace('-', '_')}")
    return found


BODIES = _bodies()
