"""Members at work who study online, and political birthdays of the day."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from data.contract import learning_records
from data.contract import members as members_table
from data.projection.birthdays import is_birthday
from data.projection.families.membership import roster, s
from data.projection.source import Block, Row, Source, in_months

k, m = learning_records.c, members_table.c


def read_online(source: Source, block: Block) -> Iterator[Row]:
    """Members in service with a course begun or completed in the month."""
    for month in block.months:
        joined, where = roster(block, source.calendar.day_of(month))
        moved = sa.or_(
            in_months(k.started_at, (month,), as_date=False),
            in_months(k.completed_at, (month,), as_date=False),
        )
        online = (
            sa.select(k.record_id)
            .where(k.member_id == s.member_id, k.deleted_at.is_(None), k.progress > 0, moved)
            .exists()
        )
        statement = (
            sa.select(s.branch_org_id, sa.func.count(sa.distinct(s.member_id)).label("n"))
            .select_from(joined.join(members_table, m.member_id == s.member_id))
            .where(where, m.is_in_service, online)
            .group_by(s.branch_org_id)
        )
        for row in source.rows(statement):
            yield row.branch_org_id, month, {"in_service_online": float(row.n)}


def read_birthdays(source: Source, block: Block) -> Iterator[Row]:
    """Of the open month, today's; a branch without any has 0."""
    month = source.calendar.open_month
    if month not in block.months:
        return
    today = source.calendar.now.date()
    joined, where = roster(block, today)
    for branch in source.tree.branches if block.orgs is None else block.orgs:
        yield branch, month, {"political_birthdays": 0.0}
    statement = (
        sa.select(s.branch_org_id, sa.func.count(sa.distinct(s.member_id)).label("n"))
        .select_from(joined.join(members_table, m.member_id == s.member_id))
        .where(where, is_birthday(m.joined_on, today))
        .group_by(s.branch_org_id)
    )
    for row in source.rows(statement):
        yield row.branch_org_id, month, {"political_birthdays": float(row.n)}
