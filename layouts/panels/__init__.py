"""The HTML layer of every panel, found by its slug."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType


def layer_of(module: str) -> ModuleType:
    """The module with ``body``, ``note`` and perhaps ``title`` of a panel."""
    return import_module(f"layouts.panels.{module}")
