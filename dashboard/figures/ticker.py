"""The ticker is words alone."""

from __future__ import annotations

from typing import Any

from dashboard.theme import Theme


def draw(view: Any, theme: Theme) -> None:
    """No figure."""
