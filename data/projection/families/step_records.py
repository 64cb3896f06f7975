"""Steps of admission beside their being proper: in time, due soon, and whose record needs an upload."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from data.clock import cutoff
from data.contract import development_cases, development_step_defs, development_steps
from data.projection.families.membership import of_living_member
from data.projection.source import Block, Row, Source, branch_filter, in_months, year_month

x, t, d = development_cases.c, development_steps.c, development_step_defs.c

SOON = timedelta(days=7)


def read(source: Source, block: Block) -> Iterator[Row]:
    """dev_steps_on_time by the month of the limit, dev_uploads_due by the month a step was done, dev_due_soon at
    the end of each month (from today on in the open one)."""
    today, steps = (
        source.calendar.now.date(),
        development_steps.join(development_cases, x.case_id == t.case_id),
    )
    on_time = _by_month(t.due_on, block).select_from(steps)
    done = sa.and_(t.due_on < today, t.done_on <= t.due_on)
    yield from _named(source, on_time.where(_living(block), done), "dev_steps_on_time")
    definition = sa.and_(d.variant == x.variant, d.step_no == t.step_no, d.deleted_at.is_(None))
    uploads = _by_month(t.done_on, block).select_from(steps.join(development_step_defs, definition))
    asked = sa.and_(t.done_on <= today, d.requires_upload)
    yield from _named(source, uploads.where(_living(block), asked), "dev_uploads_due")
    yield from _soon(source, block, steps)


def _living(block: Block) -> sa.ColumnElement[bool]:
    return sa.and_(
        t.deleted_at.is_(None),
        x.deleted_at.is_(None),
        of_living_member(x.member_id),
        branch_filter(x.branch_org_id, block),
    )


def _by_month(at: sa.ColumnElement[Any], block: Block) -> sa.Select[Any]:
    year, month = year_month(at)
    return (
        sa.select(x.branch_org_id, year.label("y"), month.label("m"), sa.func.count().label("n"))
        .where(in_months(at, block.months, as_date=True))
        .group_by(x.branch_org_id, year, month)
    )


def _named(source: Source, statement: sa.Select[Any], name: str) -> Iterator[Row]:
    for row in source.rows(statement):
        yield row.branch_org_id, f"{int(row.y):04d}-{int(row.m):02d}", {name: float(row.n)}


def _soon(source: Source, block: Block, steps: Any) -> Iterator[Row]:
    """Not done by the day, due on it (open month only) or within the seven days after; its case not ended."""
    for month in block.months:
        day = min(cutoff(month), source.calendar.now).date()
        statement = (
            sa.select(x.branch_org_id, sa.func.count().label("n"))
            .select_from(steps)
            .where(
                _living(block),
                t.due_on >= day,
                t.due_on <= day + SOON,
                sa.or_(t.done_on.is_(None), t.done_on >= day),
                sa.or_(x.closed_on.is_(None), x.closed_on >= day),
            )
            .group_by(x.branch_org_id)
        )
        for row in source.rows(statement):
            yield row.branch_org_id, month, {"dev_due_soon": float(row.n)}
