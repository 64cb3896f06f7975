"""锋领指数: the points of the year to date of the members a branch has at the end of the month."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from data.clock import first_day
from data.contract import point_entries
from data.projection.families.membership import roster, s, scored
from data.projection.source import Block, Row, Source

p = point_entries.c


def read(source: Source, block: Block) -> Iterator[Row]:
    """index_points per branch and month; points follow the member, only SCORED members count (§5.4, §11.6)."""
    for month in block.months:
        joined, where = roster(block, source.calendar.day_of(month))
        earned = sa.and_(
            p.member_id == s.member_id,
            p.deleted_at.is_(None),
            p.subject_type == "member",
            p.scheme == source.scheme,
            p.period_month >= f"{month[:4]}-01",
            p.period_month <= month,
        )
        statement = (
            sa.select(s.branch_org_id, sa.func.sum(p.points).label("points"))
            .select_from(joined.join(point_entries, earned))
            .where(where, scored(first_day(month)))
            .group_by(s.branch_org_id)
        )
        for row in source.rows(statement):
            yield row.branch_org_id, month, {"index_points": float(row.points or 0)}
