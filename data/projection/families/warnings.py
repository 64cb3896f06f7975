"""Warnings about branches by the month they were raised, and how far their rectification has come."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from data.contract import warnings as warnings_table
from data.projection.source import Block, Row, Source, branch_filter, in_months, named, year_month

w = warnings_table.c

NAMES = ("warnings_raised", "warnings_closed", "warnings_rectified", "warnings_overdue")


def read(source: Source, block: Block) -> Iterator[Row]:
    """Raised (without invalid ones), closed, rectified or closed, and overdue today, per branch and month; then
    those whose limit has passed by the month of the limit."""
    yield from _raised(source, block)
    yield from _due(source, block)


def _raised(source: Source, block: Block) -> Iterator[Row]:
    today = source.calendar.now.date()
    year, month = year_month(w.raised_at)
    rectified = sa.or_(w.rectified_at.is_not(None), w.state == "closed")
    overdue = sa.and_(sa.not_(rectified), w.rectify_due_on < today)
    statement = (
        sa.select(
            w.org_id,
            year.label("y"),
            month.label("m"),
            sa.func.count().label("warnings_raised"),
            _sum(w.state == "closed", "warnings_closed"),
            _sum(rectified, "warnings_rectified"),
            _sum(overdue, "warnings_overdue"),
        )
        .where(
            w.deleted_at.is_(None),
            w.subject_type == "org",
            w.state != "invalid",
            w.raised_at <= source.calendar.now,
            in_months(w.raised_at, block.months, as_date=False),
            branch_filter(w.org_id, block),
        )
        .group_by(w.org_id, year, month)
    )
    for row in source.rows(statement):
        yield row.org_id, f"{int(row.y):04d}-{int(row.m):02d}", named(row, NAMES)


def _due(source: Source, block: Block) -> Iterator[Row]:
    year, month = year_month(w.rectify_due_on)
    in_time = sa.and_(w.rectified_at.is_not(None), sa.func.date(w.rectified_at) <= w.rectify_due_on)
    statement = (
        sa.select(
            w.org_id,
            year.label("y"),
            month.label("m"),
            sa.func.count().label("warnings_due"),
            _sum(in_time, "warnings_rectified_in_time"),
        )
        .where(
            w.deleted_at.is_(None),
            w.subject_type == "org",
            w.state != "invalid",
            w.raised_at <= source.calendar.now,
            w.rectify_due_on < source.calendar.now.date(),
            in_months(w.rectify_due_on, block.months, as_date=True),
            branch_filter(w.org_id, block),
        )
        .group_by(w.org_id, year, month)
    )
    for row in source.rows(statement):
        values = named(row, ("warnings_due", "warnings_rectified_in_time"))
        yield row.org_id, f"{int(row.y):04d}-{int(row.m):02d}", values


def _sum(condition: sa.ColumnElement[bool], name: str) -> sa.Label[int]:
    return sa.func.sum(sa.case((condition, 1), else_=0)).label(name)
