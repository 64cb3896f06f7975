"""The kinds of change rules most tables share: which cells (branch, month) of which families a row dirties."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from data.clock import month_of
from data.contract import METADATA, activities, memberships
from data.projection.cells import DirtyCells
from data.projection.source import Source

# The times of creation and of change differ by less than this when a row was written once.
ONE_WRITE = timedelta(milliseconds=50)

Rule = Callable[[Source, sa.ColumnElement[bool], DirtyCells], None]


def months_of(source: Source, when: str | date | datetime | None) -> list[str]:
    if when is None:
        return source.calendar.months
    return [when if isinstance(when, str) else month_of(when)]


def mark_members(
    source: Source,
    whose: sa.ColumnElement[bool],
    dirty: DirtyCells,
    families: Iterable[str],
    months: Iterable[str] | None = None,
) -> None:
    """Every branch these members ever belonged to."""
    names, span = tuple(families), list(months or source.calendar.months)
    if "memberships" in source.missing:
        return
    for (branch,) in source.rows(sa.select(memberships.c.branch_org_id).where(whose).distinct()):
        dirty.add(names, branch, span)


def changed_of_committees(source: Source, these: sa.ColumnElement[bool]) -> list[int]:
    """Activities of committees that were changed after they were written: nobody counts those by month, so that a month
    they left is not found."""
    a, committees = activities.c, set(source.tree.committees)
    rows = source.rows(sa.select(a.activity_id, a.org_id, a.created_at, a.updated_at).where(these))
    return [
        row[0] for row in rows if row.org_id in committees and row.updated_at - row.created_at >= ONE_WRITE
    ]


def reached(source: Source, created: datetime, updated: datetime, *days: date | datetime | None) -> list[str]:
    """Months a row can have changed: from the earliest of its days on when it was written once; of a changed row its
    old days are not told, nor of one without a day."""
    known = [month_of(day) for day in days if day is not None]
    if updated - created >= ONE_WRITE or not known:
        return source.calendar.months
    return [month for month in source.calendar.months if month >= min(known)]


def of_member_since(families: Iterable[str], table_name: str, *days: str) -> Rule:
    """Rows about a member that count by their days: all branches of that member, in the months they reach."""
    names, c = tuple(families), METADATA.tables[table_name].c
    columns = (c.member_id, c.created_at, c.updated_at, *(c[day] for day in days))

    def rule(source: Source, these: sa.ColumnElement[bool], dirty: DirtyCells) -> None:
        who: dict[tuple[str, ...], set[int]] = {}
        for member, created, updated, *dates in source.rows(sa.select(*columns).where(these)):
            who.setdefault(tuple(reached(source, created, updated, *dates)), set()).add(member)
        for months, members in who.items():
            if months:
                mark_members(source, memberships.c.member_id.in_(members), dirty, names, months)

    return rule


def since_of(families: Iterable[str], table_name: str, org: str, *days: str) -> Rule:
    """Rows of an organisation that count by their days: its months they reach."""
    names, c = tuple(families), METADATA.tables[table_name].c
    columns = (c[org], c.created_at, c.updated_at, *(c[day] for day in days))

    def rule(source: Source, these: sa.ColumnElement[bool], dirty: DirtyCells) -> None:
        for org_id, created, updated, *dates in source.rows(sa.select(*columns).where(these)):
            dirty.add(names, source.tree.owner_of(org_id), reached(source, created, updated, *dates))

    return rule


def of_member(families: Iterable[str], table_name: str, when: str | None = None) -> Rule:
    """Rows about a member: all branches of that member, in the row's month or in every month."""
    names, c = tuple(families), METADATA.tables[table_name].c

    def rule(source: Source, these: sa.ColumnElement[bool], dirty: DirtyCells) -> None:
        columns = [c.member_id] if when is None else [c.member_id, c[when]]
        by_month: dict[str | None, set[int]] = {}
        for row in source.rows(sa.select(*columns).where(these)):
            month = None if when is None or row[1] is None else months_of(source, row[1])[0]
            by_month.setdefault(month, set()).add(row[0])
        for month, who in by_month.items():
            span = None if month is None else [month]
            mark_members(source, memberships.c.member_id.in_(who), dirty, names, span)

    return rule


def all_months_of(families: Iterable[str], table_name: str, org: str) -> Rule:
    """Rows with periods: every month of the organisation."""
    names, c = tuple(families), METADATA.tables[table_name].c

    def rule(source: Source, these: sa.ColumnElement[bool], dirty: DirtyCells) -> None:
        for (org_id,) in source.rows(sa.select(c[org]).where(these).distinct()):
            dirty.add(names, source.tree.owner_of(org_id), source.calendar.months)

    return rule
