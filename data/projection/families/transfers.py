"""Transfer steps a branch had to decide: in time, and what stands open past its limit at the end of a month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from data.clock import cutoff
from data.contract import transfer_steps, transfers
from data.projection.families.membership import of_living_member
from data.projection.source import (
    Block,
    Row,
    Source,
    branch_filter,
    in_months,
    month_start,
    named,
    year_month,
)

t, x = transfer_steps.c, transfers.c

ENDED = ("withdrawn", "rejected", "expired")
LONG_OVERDUE = timedelta(days=30)
DUE_SOON = timedelta(days=2)


def read(source: Source, block: Block) -> Iterator[Row]:
    """Steps by the month they fell due, then overdue steps at the end of each month (today in the open one)."""
    yield from _due(source, block)
    for month in block.months:
        yield from _overdue(source, block, month)
        yield from _ever_overdue(source, block, month)
        yield from _due_soon(source, block, month)


def _due(source: Source, block: Block) -> Iterator[Row]:
    year, month = year_month(t.due_at)
    on_time = sa.and_(t.decided_at.is_not(None), t.decided_at <= t.due_at)
    statement = (
        sa.select(
            t.handler_org_id,
            year.label("y"),
            month.label("m"),
            sa.func.count().label("transfer_steps"),
            sa.func.sum(sa.case((on_time, 1), else_=0)).label("transfer_steps_on_time"),
        )
        .select_from(transfer_steps.join(transfers, x.transfer_id == t.transfer_id))
        .where(
            _living(),
            t.due_at < source.calendar.now,
            in_months(t.due_at, block.months, as_date=False),
            branch_filter(t.handler_org_id, block),
            # A step that its transfer's end closed before its limit was never missed (rulings 13).
            sa.or_(t.decided_at.is_not(None), x.state.not_in(ENDED), x.updated_at > t.due_at),
        )
        .group_by(t.handler_org_id, year, month)
    )
    for row in source.rows(statement):
        values = named(row, ("transfer_steps", "transfer_steps_on_time"))
        yield row.handler_org_id, f"{int(row.y):04d}-{int(row.m):02d}", values


def _overdue(source: Source, block: Block, month: str) -> Iterator[Row]:
    end = min(cutoff(month), source.calendar.now)
    statement = (
        sa.select(
            t.handler_org_id,
            sa.func.count().label("transfer_overdue"),
            sa.func.sum(sa.case((t.due_at < end - LONG_OVERDUE, 1), else_=0)).label("transfer_overdue_30"),
        )
        .select_from(transfer_steps.join(transfers, x.transfer_id == t.transfer_id))
        .where(
            _living(),
            t.opened_at < end,
            t.due_at < end,
            sa.or_(t.decided_at.is_(None), t.decided_at >= end),
            open_at(end),
            branch_filter(t.handler_org_id, block),
        )
        .group_by(t.handler_org_id)
    )
    for row in source.rows(statement):
        yield row.handler_org_id, month, named(row, ("transfer_overdue", "transfer_overdue_30"))


def _ever_overdue(source: Source, block: Block, month: str) -> Iterator[Row]:
    """Steps that stood open past their limit at any moment of the month, decided since or not."""
    start, end = month_start(month), min(cutoff(month), source.calendar.now)
    open_past = sa.case((t.due_at < start, _open_past(start)), else_=_open_past(t.due_at))
    overdue = sa.and_(t.due_at < end, open_past)
    yield from _standing(source, block, month, overdue, "transfer_overdue_ever")


def _due_soon(source: Source, block: Block, month: str) -> Iterator[Row]:
    """Open steps whose limit comes within two days."""
    end = min(cutoff(month), source.calendar.now)
    soon = sa.and_(
        t.due_at >= end,
        t.due_at <= end + DUE_SOON,
        sa.or_(t.decided_at.is_(None), t.decided_at >= end),
        open_at(end),
    )
    yield from _standing(source, block, month, soon, "transfer_due_soon")


def _standing(
    source: Source, block: Block, month: str, which: sa.ColumnElement[bool], name: str
) -> Iterator[Row]:
    statement = (
        sa.select(t.handler_org_id, sa.func.count().label(name))
        .select_from(transfer_steps.join(transfers, x.transfer_id == t.transfer_id))
        .where(
            _living(),
            t.opened_at < min(cutoff(month), source.calendar.now),
            which,
            branch_filter(t.handler_org_id, block),
        )
        .group_by(t.handler_org_id)
    )
    for row in source.rows(statement):
        yield row.handler_org_id, month, named(row, (name,))


def _living() -> sa.ColumnElement[bool]:
    return sa.and_(t.deleted_at.is_(None), x.deleted_at.is_(None), of_living_member(x.member_id))


def open_at(end: datetime) -> sa.ColumnElement[Any]:
    """The transfer itself was open: its end has no column of its own, its last change stands for it."""
    completed = sa.and_(x.state == "completed", x.completed_at < end)
    ended = sa.and_(x.state.in_(ENDED), x.updated_at < end)
    return sa.not_(sa.or_(completed, ended))


def _open_past(moment: Any) -> sa.ColumnElement[bool]:
    """Neither the step nor its transfer had ended by the moment (a time or a column)."""
    completed = sa.and_(x.state == "completed", x.completed_at <= moment)
    ended = sa.and_(x.state.in_(ENDED), x.updated_at <= moment)
    return sa.and_(sa.not_(sa.or_(completed, ended)), sa.or_(t.decided_at.is_(None), t.decided_at > moment))
