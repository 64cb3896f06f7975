"""What a tally, a listing and a list of places are: a name, the tables read, how often at most, the reading itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any, NamedTuple

from data.projection.source import Source

# The whole district; the month of what has no month.
DISTRICT, NOW = 0, ""

# month "YYYY-MM" or NOW, town id or DISTRICT, key, value; several rows of one cell add up.
TallyRow = tuple[str, int, str, float]
AT_ONCE = timedelta(0)
# What reads many rows, and what a screen shows by the hour.
SLOWLY = timedelta(minutes=10)


class Tally(NamedTuple):
    """``read`` yields every row of the tally; ``every`` is the shortest time between two readings."""

    name: str
    read: Callable[[Source], Iterable[TallyRow]]
    tables: tuple[str, ...]
    every: timedelta = AT_ONCE


class Listing(NamedTuple):
    """``read`` yields rows of ``listings`` without listing and position, first row first; never a person's name."""

    name: str
    read: Callable[[Source], Iterable[dict[str, Any]]]
    tables: tuple[str, ...]
    every: timedelta = AT_ONCE


class Places(NamedTuple):
    """``read`` yields rows of ``public_places``: only what may be shown to everybody."""

    name: str
    read: Callable[[Source], Iterable[dict[str, Any]]]
    tables: tuple[str, ...]
    every: timedelta = AT_ONCE
