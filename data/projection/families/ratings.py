"""How a branch is rated: stars of the newest year and the one before, and whether it is listed as weak."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

import sqlalchemy as sa

from data.contract import org_ratings
from data.projection.source import Block, Row, Source, branch_filter

r = org_ratings.c

LISTED = 1


def read(source: Source, block: Block) -> Iterator[Row]:
    """stars and stars_before (absent when unrated) and weak_lax, of what was decided by each month's day.

    A listing is a row of the current or the last year; a rectified one changes its value and is none any more.
    """
    statement = sa.select(r.org_id, r.rating_kind, r.rating_year, r.rating_value, r.decided_on).where(
        r.deleted_at.is_(None),
        r.rating_kind.in_(("star", "weak_lax")),
        r.rating_value.is_not(None),
        branch_filter(r.org_id, block),
    )
    stars: dict[int, dict[int, tuple[date, int]]] = defaultdict(dict)
    listed: dict[int, list[tuple[date, int]]] = defaultdict(list)
    for row in source.rows(statement):
        if row.rating_kind == "star":
            stars[row.org_id][row.rating_year] = (row.decided_on, row.rating_value)
        elif row.rating_value == LISTED:
            listed[row.org_id].append((row.decided_on, row.rating_year))
    for month in block.months:
        day = source.calendar.day_of(month)
        for org, rows in listed.items():
            weak = any(decided <= day and year in (day.year, day.year - 1) for decided, year in rows)
            yield org, month, {"weak_lax": float(weak)}
        for org, years in stars.items():
            yield from _stars(org, month, day, years)


def _stars(org: int, month: str, day: date, years: dict[int, tuple[date, int]]) -> Iterator[Row]:
    rated = [year for year, (decided, _) in years.items() if decided <= day]
    if rated:
        newest = max(rated)
        yield org, month, {"stars": float(years[newest][1])}
        if newest - 1 in rated:
            yield org, month, {"stars_before": float(years[newest - 1][1])}
