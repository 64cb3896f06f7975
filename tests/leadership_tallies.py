"""A read model whose tallies are written by hand, for the pages that show them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from dashboard.leadership.parts import Numbers, Part, Table
from data.readmodel import schema
from tests.leadership_pages import EMPTY_TALLIES, built, inside, known, seen_by, sums


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


def adding_up(root: int, page: str, names: tuple[str, ...]) -> tuple[dict[str, Part], dict[str, float]]:
    """The parts of a page of an area, and its key figures by measure; measures that are no rates are, as figures and
    as the table of what stands below, the sums counted by hand."""
    by_hand = sums(root, month(), *names)
    with seen_by("committee_admin" if root != 1 else "district_leader", root) as reader:
        parts = built(reader, page)
    figures, below = parts["figures"], parts["below"]
    assert isinstance(figures, Numbers)
    assert isinstance(below, Table)
    shown = {n.origin.of: n.value or 0 for n in figures.numbers if n.origin is not None}
    assert [shown[name] for name in names] == by_hand
    assert [sum(row[name] or 0 for row in below.rows) for name in names] == by_hand  # type: ignore[misc]
    assert {row["org_id"] for row in below.rows} <= inside(root) - {root}
    return parts, shown
