"""Service, online study, posts, ledger lines: what a branch and its members did beside organisation life."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from data.clock import cutoff
from data.contract import dues_ledger_entries, learning_records, memberships, volunteer_records
from data.contract import posts as posts_table
from data.projection.families.membership import membership, s
from data.projection.source import Block, Row, Source, branch_filter, in_months, month_case, named, year_month

v, k, i, e = volunteer_records.c, learning_records.c, posts_table.c, dues_ledger_entries.c


def read_service(source: Source, block: Block) -> Iterator[Row]:
    """Verified hours recorded before the cut-off, for the member's branch on the day of service."""
    for month in block.months:
        joined = volunteer_records.join(
            memberships, sa.and_(s.member_id == v.member_id, membership(v.service_on))
        )
        statement = (
            sa.select(
                s.branch_org_id.label("org_id"),
                sa.func.sum(v.hours).label("volunteer_hours"),
                sa.func.count().label("volunteer_times"),
            )
            .select_from(joined)
            .where(
                v.deleted_at.is_(None),
                v.verified_at.is_not(None),
                v.recorded_at < cutoff(month),
                in_months(v.service_on, (month,), as_date=True),
                branch_filter(s.branch_org_id, block),
            )
            .group_by(s.branch_org_id)
        )
        yield from _of_month(source, statement, month, ("volunteer_hours", "volunteer_times"))


def read_study(source: Source, block: Block) -> Iterator[Row]:
    """Credited hours of courses completed in the month, for the member's branch on the day of completion."""
    for month in block.months:
        on_the_day = membership(sa.func.date(k.completed_at))
        joined = learning_records.join(memberships, sa.and_(s.member_id == k.member_id, on_the_day))
        statement = (
            sa.select(s.branch_org_id.label("org_id"), sa.func.sum(k.credited_hours).label("online_hours"))
            .select_from(joined)
            .where(
                k.deleted_at.is_(None),
                in_months(k.completed_at, (month,), as_date=False),
                branch_filter(s.branch_org_id, block),
            )
            .group_by(s.branch_org_id)
        )
        yield from _of_month(source, statement, month, ("online_hours",))


def read_posts(source: Source, block: Block) -> Iterator[Row]:
    """Published posts of the branch by the month of publication; disclosures apart."""
    year, month = year_month(i.published_at)
    disclosed = sa.case((i.post_kind == "disclosure", 1), else_=0)
    statement = (
        sa.select(
            i.org_id,
            year.label("y"),
            month.label("m"),
            sa.func.count().label("posts"),
            sa.func.sum(disclosed).label("disclosures"),
        )
        .where(
            i.deleted_at.is_(None),
            i.status == "published",
            i.published_at <= source.calendar.now,
            in_months(i.published_at, block.months, as_date=False),
            branch_filter(i.org_id, block),
        )
        .group_by(i.org_id, year, month)
    )
    for row in source.rows(statement):
        values = {"posts": row.posts, "disclosures": row.disclosures}
        yield row.org_id, f"{int(row.y):04d}-{int(row.m):02d}", values


def read_ledger(source: Source, block: Block) -> Iterator[Row]:
    """Ledger lines per branch and month they belong to, recorded before its cut-off; dues taken in or passed up
    apart."""
    of_dues = sa.case((e.entry_kind.in_(("collect", "remit_up")), 1), else_=0)
    statement = (
        sa.select(e.org_id, e.period_month, sa.func.count().label("n"), sa.func.sum(of_dues).label("of_dues"))
        .where(
            e.deleted_at.is_(None),
            e.period_month.in_(block.months),
            e.recorded_at < month_case(e.period_month, block.months, cutoff),
            branch_filter(e.org_id, block),
        )
        .group_by(e.org_id, e.period_month)
    )
    for row in source.rows(statement):
        values = {"ledger_entries": row.n, "ledger_dues_entries": row.of_dues}
        yield row.org_id, row.period_month, values


def _of_month(source: Source, statement: sa.Select[Any], month: str, names: tuple[str, ...]) -> Iterator[Row]:
    for row in source.rows(statement):
        yield row.org_id, month, named(row, names)
