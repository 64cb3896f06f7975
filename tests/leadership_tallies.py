"""A read model whose tallies are written by hand, for the pages that show them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from data.readmodel import schema
from tests.leadership_pages import EMPTY_TALLIES, known


def month() -> str:
    """The last closed month."""
    return known()[0].months[-2]


def tally(name: str, at: str, town: int, **cells: float) -> list[dict[str, Any]]:
    """Rows of a tally of one town (0: the district); a key is written with __ for the bar."""
    rows = ({"key": key.replace("__", "|"), "value": value} for key, value in cells.items())
    return [{"tally": name, "period_month": at, "town_id": town, **row} for row in rows]


def inserted(*rows: dict[str, Any]) -> dict[str, sa.Executable]:
    """What `changed` does to leave these rows and no others."""
    return {"a_gone": EMPTY_TALLIES, "b_new": sa.insert(schema.tallies).values(list(rows))}
