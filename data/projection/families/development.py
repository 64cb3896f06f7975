"""Steps of admission (发展党员): in time and documented, taken too early, and open past their limit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from data.clock import cutoff, month_of
from data.contract import development_cases, development_documents, development_step_defs, development_steps
from data.projection.families.membership import of_living_member
from data.projection.source import Block, Row, Source, branch_filter, in_months, named, year_month

x, t, d, f = development_cases.c, development_steps.c, development_step_defs.c, development_documents.c

LONG_OVERDUE = timedelta(days=30)


def read(source: Source, block: Block) -> Iterator[Row]:
    """Steps by the month they fell due, what is wrong with finished ones by the month they were done, and the
    open ones past their limit at the end of each month (today in the open one)."""
    yield from _due(source, block)
    yield from _undocumented(source, block)
    yield from _early(source, block)
    yield from _overdue(source, block)


def _steps() -> Any:
    """Steps with their case and, where the variant knows them, their definition."""
    definition = sa.and_(d.variant == x.variant, d.step_no == t.step_no, d.deleted_at.is_(None))
    return development_steps.join(development_cases, x.case_id == t.case_id).outerjoin(
        development_step_defs, definition
    )


def _living(block: Block) -> sa.ColumnElement[bool]:
    return sa.and_(
        t.deleted_at.is_(None),
        x.deleted_at.is_(None),
        of_living_member(x.member_id),
        branch_filter(x.branch_org_id, block),
    )


def _uploaded() -> sa.ColumnElement[bool]:
    document = sa.and_(f.dev_step_id == t.dev_step_id, f.deleted_at.is_(None))
    return sa.or_(d.requires_upload.is_(None), sa.not_(d.requires_upload), sa.exists().where(document))


def _due(source: Source, block: Block) -> Iterator[Row]:
    year, month = year_month(t.due_on)
    proper = sa.and_(t.done_on <= t.due_on, _uploaded())
    asked = sa.and_(d.requires_superior.is_not(None), d.requires_superior)
    reviewed = sa.and_(proper, sa.or_(sa.not_(asked), t.reviewed_at.is_not(None)))
    statement = (
        sa.select(
            x.branch_org_id.label("org_id"),
            year.label("y"),
            month.label("m"),
            sa.func.count().label("dev_steps"),
            sa.func.sum(sa.case((proper, 1), else_=0)).label("dev_steps_proper"),
            sa.func.sum(sa.case((reviewed, 1), else_=0)).label("dev_steps_reviewed"),
        )
        .select_from(_steps())
        .where(
            _living(block),
            t.due_on < source.calendar.now.date(),
            in_months(t.due_on, block.months, as_date=True),
            # A step that the end of its case closed before its limit was never missed.
            sa.or_(t.done_on.is_not(None), x.closed_on.is_(None), x.closed_on > t.due_on),
        )
        .group_by(x.branch_org_id, year, month)
    )
    for row in source.rows(statement):
        values = named(row, ("dev_steps", "dev_steps_proper", "dev_steps_reviewed"))
        yield row.org_id, f"{int(row.y):04d}-{int(row.m):02d}", values


def _undocumented(source: Source, block: Block) -> Iterator[Row]:
    year, month = year_month(t.done_on)
    statement = (
        sa.select(
            x.branch_org_id.label("org_id"), year.label("y"), month.label("m"), sa.func.count().label("n")
        )
        .select_from(_steps())
        .where(
            _living(block),
            t.done_on <= source.calendar.now.date(),
            in_months(t.done_on, block.months, as_date=True),
            sa.not_(_uploaded()),
        )
        .group_by(x.branch_org_id, year, month)
    )
    for row in source.rows(statement):
        yield row.org_id, f"{int(row.y):04d}-{int(row.m):02d}", {"dev_uploads_missing": row.n}


def _early(source: Source, block: Block) -> Iterator[Row]:
    """Few steps have a shortest interval; adding days to a date has no portable spelling, so they are read."""
    anchor = development_steps.alias("anchor")
    of_anchor = sa.and_(
        anchor.c.case_id == t.case_id,
        anchor.c.step_no == d.anchor_step_no,
        anchor.c.deleted_at.is_(None),
    )
    statement = (
        sa.select(x.branch_org_id, t.done_on, anchor.c.done_on.label("begun_on"), d.min_days)
        .select_from(_steps().join(anchor, of_anchor))
        .where(
            _living(block),
            d.min_days > 0,
            t.done_on <= source.calendar.now.date(),
            anchor.c.done_on.is_not(None),
            in_months(t.done_on, block.months, as_date=True),
        )
    )
    early: Counter[tuple[int, str]] = Counter()
    for row in source.rows(statement):
        if row.done_on < row.begun_on + timedelta(days=row.min_days):
            early[row.branch_org_id, month_of(row.done_on)] += 1
    for (org, month), n in early.items():
        yield org, month, {"dev_steps_early": float(n)}


def _overdue(source: Source, block: Block) -> Iterator[Row]:
    """One statement for all months: the steps not done in time are few."""
    ends = {month: min(cutoff(month), source.calendar.now).date() for month in block.months}
    statement = (
        sa.select(x.branch_org_id, t.due_on, t.done_on, x.closed_on)
        .select_from(development_steps.join(development_cases, x.case_id == t.case_id))
        .where(
            _living(block),
            t.due_on < max(ends.values()),
            sa.or_(t.done_on.is_(None), t.done_on > t.due_on),
        )
    )
    longest: dict[tuple[int, str], int] = {}
    for row in source.rows(statement):
        for month, end in ends.items():
            if row.due_on < end and _still(row.done_on, end) and _still(row.closed_on, end):
                long = row.due_on < end - LONG_OVERDUE
                yield row.branch_org_id, month, {"dev_overdue": 1.0, "dev_overdue_30": float(long)}
                cell = (row.branch_org_id, month)
                longest[cell] = max(longest.get(cell, 0), (end - row.due_on).days)
    for (org, month), days in longest.items():
        yield org, month, {"dev_overdue_days": float(days)}


def _still(ended: date | None, end: date) -> bool:
    """Not ended before the end (a day, excluded)."""
    return ended is None or ended >= end
