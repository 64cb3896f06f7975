"""What a page is compared with: the month before, or the same month of the year before."""

from __future__ import annotations

from dashboard.formats import month_label
from dashboard.leadership.registry import Asked
from data.clock import add_months


def compared(asked: Asked) -> str:
    """The month of the comparison."""
    return add_months(asked.month, -12 if asked.address.versus == "year" else -1)


def difference(here: float | None, before: float | None) -> float | None:
    """How far a value is from another; None where one of them is missing."""
    return None if here is None or before is None else here - before


def than_label(asked: Asked) -> str:
    """How a change is introduced: 较9月, 较同期."""
    return "较同期" if asked.address.versus == "year" else f"较{month_label(compared(asked))}"
