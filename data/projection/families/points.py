"""锋领指数: the points of the year to date of the members a branch has at the end of the month."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from data.clock import first_day
from data.contract import member_category_history, member_state_history, memberships, point_entries
from data.projection.families.membership import category, membership, s, scored, state
from data.projection.source import Block, Row, Source, branch_filter

p = point_entries.c

HELD = (s.membership_id, s.branch_org_id, s.member_id, s.started_on, s.start_reason)


def read(source: Source, block: Block) -> Iterator[Row]:
    """index_points per branch and month; points follow the member, only SCORED members count (§5.4, §11.6)."""
    for month in block.months:
        day = source.calendar.day_of(month)
        earned = sa.and_(
            p.member_id == s.member_id,
            p.deleted_at.is_(None),
            p.subject_type == "member",
            p.scheme == source.scheme,
            p.period_month >= f"{month[:4]}-01",
            p.period_month <= month,
        )
        # First per membership, then per branch: the roster is looked up once per member and not per entry. The
        # outer join keeps the order members → entries, which a planner with stale statistics may turn round.
        each = (
            sa.select(*HELD, sa.func.sum(p.points).label("points"))
            .select_from(memberships.outerjoin(point_entries, earned))
            .where(membership(day), branch_filter(s.branch_org_id, block))
            .group_by(*HELD)
            .subquery()
        )
        joined = each.join(member_state_history, state(day, each.c.member_id)).outerjoin(
            member_category_history, category(day, each.c.member_id)
        )
        statement = (
            sa.select(each.c.branch_org_id, sa.func.sum(each.c.points).label("points"))
            .select_from(joined)
            .where(scored(first_day(month), each.c))
            .group_by(each.c.branch_org_id)
        )
        for row in source.rows(statement):
            yield row.branch_org_id, month, {"index_points": float(row.points or 0)}
