"""The prescriptions are words of the HTML layer."""

from __future__ import annotations

from dashboard.theme import Theme
from data.queries.prescriptions import Prescriptions


def draw(view: Prescriptions, theme: Theme) -> None:
    """No figure."""
