"""The warning board is words and shapes of the HTML layer."""

from __future__ import annotations

from dashboard.theme import Theme
from data.queries.warning_board import WarningBoard


def draw(view: WarningBoard, theme: Theme) -> None:
    """No figure."""
