"""Sign-ins: who had to come and who validly did, counted for the branch on whose roster the row stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from data.contract import LIFE_TYPES
from data.contract import activities as activities_table
from data.contract import attendances as attendances_table
from data.contract import memberships as memberships_table
from data.projection.evidence import recorded_in_time, valid_activity, valid_sign_in
from data.projection.families.activities import organisers
from data.projection.source import Block, Row, Source, branch_filter, named

a, t, s = activities_table.c, attendances_table.c, memberships_table.c

NAMES = ("required", "present", "on_leave", "signins", "class_hours", "attendance_broken")


def read(source: Source, block: Block) -> Iterator[Row]:
    """Counts per branch and month: of its own and its groups' activities, then of committees' activities.

    Attendance at a committee's activity counts for the member's own branch on that day (rulings 23); late
    roster rows are in neither required nor present (rulings 6).
    """
    owners = organisers(source, block)
    own = _counted(block, a.org_id).select_from(
        activities_table.join(attendances_table, t.activity_id == a.activity_id)
    )
    own = own.where(sa.true() if owners is None else a.org_id.in_(owners)).group_by(a.org_id, a.period_month)
    for row in source.rows(own):
        branch = source.tree.branch_of(row.org_id)
        if branch is not None:
            yield branch, row.period_month, named(row, NAMES)
    yield from _of_committees(source, block)


def _of_committees(source: Source, block: Block) -> Iterator[Row]:
    on_the_day = sa.and_(
        s.member_id == t.member_id,
        s.deleted_at.is_(None),
        s.started_on <= sa.func.date(a.started_at),
        sa.or_(s.ended_on.is_(None), s.ended_on > sa.func.date(a.started_at)),
    )
    joined = activities_table.join(attendances_table, t.activity_id == a.activity_id).join(
        memberships_table, on_the_day
    )
    statement = (
        _counted(block, s.branch_org_id.label("org_id"))
        .select_from(joined)
        .where(a.org_id.in_(source.tree.committees), branch_filter(s.branch_org_id, block))
        .group_by(s.branch_org_id, a.period_month)
    )
    for row in source.rows(statement):
        yield row.org_id, row.period_month, named(row, NAMES)


def _counted(block: Block, org: sa.ColumnElement[Any]) -> sa.Select[Any]:
    signed = valid_sign_in(block.months)
    # A present row must carry method and time, or it proves nothing and can be counted on neither side.
    broken = sa.and_(t.status == "present", sa.or_(t.sign_method.is_(None), t.signed_at.is_(None)))
    in_time = recorded_in_time(t.recorded_at, block.months)
    due = sa.and_(a.activity_type.in_(LIFE_TYPES), t.is_required, in_time, sa.not_(broken))
    return sa.select(
        org,
        a.period_month,
        _count(due, "required"),
        _count(sa.and_(due, signed), "present"),
        _count(sa.and_(due, t.status == "leave"), "on_leave"),
        _count(signed, "signins"),
        sa.func.sum(sa.case((signed, a.class_hours))).label("class_hours"),
        _count(sa.and_(in_time, broken), "attendance_broken"),
    ).where(valid_activity(block.months), t.deleted_at.is_(None))


def _count(condition: sa.ColumnElement[bool], name: str) -> sa.Label[int]:
    return sa.func.sum(sa.case((condition, 1), else_=0)).label(name)
