"""Key projects of secretaries (书记攻坚项目): how far the slowest one lags, and which are past their date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

import sqlalchemy as sa

from data.clock import cutoff
from data.contract import secretary_projects
from data.projection.source import Block, Row, Source, branch_filter

p = secretary_projects.c


def read(source: Source, block: Block) -> Iterator[Row]:
    """project_lag (absent without a project) and projects_overdue, at the end of each month, today in the open one.

    Projects of the month's year, and of the year before while they are not completed. Their progress keeps no
    history: a past month is measured by today's.
    """
    statement = sa.select(
        p.org_id, p.project_year, p.registered_on, p.due_on, p.progress, p.completed_on
    ).where(
        p.deleted_at.is_(None),
        p.status != "cancelled",
        sa.and_(p.registered_on.is_not(None), p.due_on.is_not(None), p.progress.is_not(None)),
        branch_filter(p.org_id, block),
    )
    projects = source.rows(statement)
    for month in block.months:
        day = source.calendar.day_of(month)
        end = min(cutoff(month), source.calendar.now).date()
        lags: dict[int, list[float]] = defaultdict(list)
        overdue: dict[int, int] = defaultdict(int)
        for row in projects:
            done = row.completed_on is not None and row.completed_on < end
            concerned = row.project_year == day.year or (row.project_year == day.year - 1 and not done)
            if concerned and row.registered_on <= day:
                lags[row.org_id].append(_lag(row, day, done))
                overdue[row.org_id] += not done and row.due_on < end
        for org, found in lags.items():
            yield org, month, {"project_lag": max(found), "projects_overdue": float(overdue[org])}


def _lag(row: sa.Row[Any], day: date, done: bool) -> float:
    """Expected less real progress; a project due on the day it was registered is expected whole."""
    span = (row.due_on - row.registered_on).days
    passed = (day - row.registered_on).days
    expected = min(1.0, passed / span) if span > 0 else 1.0
    return expected - (1.0 if done else float(row.progress))
