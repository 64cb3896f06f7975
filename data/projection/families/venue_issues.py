"""What the last inspection of each venue found and nobody has put right yet, for the organisation that keeps it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa

from data.contract import venue_inspections, venues
from data.projection.source import Block, Row, Source, branch_filter

v, i = venues.c, venue_inspections.c

FLAGS = (i.facilities_ok, i.rules_ok, i.environment_ok, i.usage_ok)


class Inspection(NamedTuple):
    """``issues`` flags were not in order on the day; ``ended_on`` the day they were put right."""

    inspected_on: date
    issues: int
    due_on: date | None
    ended_on: date | None


def read(source: Source, block: Block) -> Iterator[Row]:
    """Flags at the end of each month (today in the open one), and those past their limit."""
    kept = inspections(source, branch_filter(v.org_id, block))
    for (_, org), found in kept.items():
        for month in block.months:
            issues, overdue = open_issues(found, source.calendar.day_of(month))
            if issues:
                yield org, month, {"own_venue_issues": issues, "own_venue_issues_overdue": overdue}


def inspections(source: Source, which: sa.ColumnElement[bool]) -> Mapping[tuple[int, int], list[Inspection]]:
    """(venue, keeper) → its inspections, oldest first."""
    statement = (
        sa.select(i.venue_id, v.org_id, i.inspected_on, i.rectify_due_on, i.rectified_on, *FLAGS)
        .select_from(venue_inspections.join(venues, v.venue_id == i.venue_id))
        .where(i.deleted_at.is_(None), v.deleted_at.is_(None), v.org_id.is_not(None), which)
        .order_by(i.inspected_on, i.inspection_id)
    )
    found: dict[tuple[int, int], list[Inspection]] = {}
    for venue, org, day, due, ended, *flags in source.rows(statement):
        issues = sum(flag is not None and not flag for flag in flags)
        found.setdefault((venue, org), []).append(Inspection(day, issues, due, ended))
    return found


def open_issues(found: list[Inspection], day: date) -> tuple[float, float]:
    """(issues, of these past their limit) of the latest inspection by the day."""
    known = [one for one in found if one.inspected_on <= day]
    if not known or (known[-1].ended_on is not None and known[-1].ended_on <= day):
        return 0.0, 0.0
    last: Any = known[-1]
    late = last.due_on is not None and last.due_on < day
    return float(last.issues), float(last.issues if late else 0)
