"""How an amount is written: its number, "–" where it does not apply, 无数据 where its feed is missing."""

from __future__ import annotations

from collections.abc import Callable

from dashboard.formats import NA, NO_DATA, integer, wan
from data.queries.figures_of_month import Amount

FULL_UP_TO = 100_000
ABSENT = {"na": NA, "nodata": NO_DATA}


def shown(amount: Amount, write: Callable[[float], str]) -> str:
    """The text of an amount; ``write`` formats a present value."""
    return write(amount.value) if amount.value is not None else ABSENT[amount.state]


def count(n: float | None) -> str:
    """A count as a big number: in full up to 99,999, from there in 万 with one decimal."""
    return wan(n) if n is not None and abs(n) >= FULL_UP_TO else integer(n)


def tone(change: float | None, digits: int, *, better: str = "up") -> str:
    """CSS class of a change by better or worse as it is shown: a change that rounds to nothing is neutral."""
    if change is None or round(change, digits) == 0:
        return "c-mut"
    return "c-ok" if (change > 0) == (better == "up") else "c-dn"
