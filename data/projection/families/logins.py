"""Logins of a branch's administrators: in how many full weeks there were at least two (每周2次登录)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from data.clock import cutoff, first_day
from data.contract import account_logins, admin_accounts
from data.projection.source import Block, Row, Source, branch_filter

k, l = admin_accounts.c, account_logins.c  # noqa: E741 - l as in SQL

ENOUGH = 2
WEEK = timedelta(days=7)


def read(source: Source, block: Block) -> Iterator[Row]:
    """login_weeks per branch and month: weeks Monday to Sunday, in the month of their Sunday, once they are over."""
    for month in block.months:
        over = [sunday for sunday in sundays(month) if sunday < source.calendar.now.date()]
        if not over:
            continue
        begin, end = _midnight(over[0]) - WEEK, _midnight(over[-1])
        number = sa.case(*((l.logged_in_at < _midnight(sunday), n) for n, sunday in enumerate(over)))
        weeks = (
            sa.select(k.org_id, number.label("week"))
            .select_from(admin_accounts.join(account_logins, l.account_id == k.account_id))
            .where(
                k.deleted_at.is_(None),
                l.deleted_at.is_(None),
                l.logged_in_at >= begin,
                l.logged_in_at < end,
                branch_filter(k.org_id, block),
            )
            .subquery()
        )
        enough = (
            sa.select(weeks.c.org_id)
            .group_by(weeks.c.org_id, weeks.c.week)
            .having(sa.func.count() >= ENOUGH)
            .subquery()
        )
        statement = sa.select(enough.c.org_id, sa.func.count().label("n")).group_by(enough.c.org_id)
        for row in source.rows(statement):
            yield row.org_id, month, {"login_weeks": row.n}


def sundays(month: str) -> list[date]:
    """The Sundays of a month, oldest first."""
    first = first_day(month)
    sunday = first + timedelta(days=6 - first.weekday())
    found = []
    while sunday < cutoff(month).date():
        found.append(sunday)
        sunday += WEEK
    return found


def _midnight(sunday: date) -> datetime:
    """The end of the Sunday."""
    return datetime(sunday.year, sunday.month, sunday.day) + timedelta(days=1)
