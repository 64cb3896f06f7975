"""An amount on the wall: its number, or the word for why there is none, set apart from numbers."""

from __future__ import annotations

from collections.abc import Callable

from dash import html

from dashboard.amounts import shown
from data.queries.figures_of_month import Amount
from layouts.measured import measured


def amount_shown(
    amount: Amount, write: Callable[[float], str], measure: str, classes: str = "n"
) -> html.Span:
    """A measured span; the class ``absent`` marks an amount that does not apply or has no data."""
    absent = " absent" if amount.value is None else ""
    return measured(shown(amount, write), measure, amount.value, f"{classes}{absent}")
