"""Headline figures asked of a few hand-made tallies and sums: key → number, or the state where there is none."""

from __future__ import annotations

from typing import Any

from data.queries.district_figures import figure
from data.queries.figure_parts import Part
from data.scope import Scope
from tests.readmodel_rows import OPEN_MONTH, ROOT, reader_of

INSIDE, VISITORS, DESK = Scope("wall_internal"), Scope("wall_reception"), Scope("drill_down")
Values = dict[str, Any]


def tally(name: str, month: str = "", at: int = 0, **values: float) -> list[dict[str, Any]]:
    """Rows of one tally; a key is written with __ for the bar."""
    rows = ({"key": key.replace("__", "|"), "value": value} for key, value in values.items())
    return [{"tally": name, "period_month": month, "town_id": at, **row} for row in rows]


def month(period: str, **columns: float | None) -> dict[str, Any]:
    return {"org_id": ROOT, "period_month": period, **columns}


def parts(indicator: str, at: str = OPEN_MONTH, scope: Scope = DESK, **tables: Any) -> list[Part]:
    with reader_of(**tables) as reader:
        return figure(reader, scope, indicator, at)


def values(indicator: str, at: str = OPEN_MONTH, scope: Scope = DESK, **tables: Any) -> Values:
    """Key → number, or the state where there is none."""
    found = parts(indicator, at, scope, **tables)
    return {p.key: p.amount.value if p.amount.state == "value" else p.amount.state for p in found}
