"""Sign-ins: who had to come and who validly did, counted for the branch on whose roster the row stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from data.contract import LIFE_TYPES
from data.contract import attendances as attendances_table
from data.contract import memberships as memberships_table
from data.projection.evidence import valid_activities, valid_sign_in
from data.projection.families.activities import organisers
from data.projection.families.membership import in_force, living, of_living_member
from data.projection.source import Block, Row, Source, branch_filter, named

t, s = attendances_table.c, memberships_table.c

NAMES = ("required", "present", "on_leave", "signins", "class_hours", "attendance_broken")


def read(source: Source, block: Block) -> Iterator[Row]:
    """Counts per branch and month: of its own and its groups' activities, then of committees' activities.

    Attendance at a committee's activity counts for the member's own branch on that day (rulings 23); late
    roster rows are in neither required nor present (rulings 6).
    """
    owners = organisers(source, block)
    valid = valid_activities(block.months)
    if block.orgs is None:
        # Worked out once per activity and not once per row.
        for dialect in ("sqlite", "postgresql"):
            valid = valid.prefix_with("MATERIALIZED", dialect=dialect)
    own = (
        _counted(valid, valid.c.org_id)
        .select_from(valid.join(attendances_table, t.activity_id == valid.c.activity_id))
        .where(sa.true() if owners is None else valid.c.org_id.in_(owners))
        .group_by(valid.c.org_id, valid.c.period_month)
    )
    for row in source.rows(own):
        branch = source.tree.branch_of(row.org_id)
        if branch is not None:
            yield branch, row.period_month, named(row, NAMES)
    yield from _of_committees(source, block)


def _of_committees(source: Source, block: Block) -> Iterator[Row]:
    valid = valid_activities(block.months)
    on_the_day = sa.and_(
        s.member_id == t.member_id,
        living(),
        in_force(s.started_on, s.ended_on, valid.c.held_on),
    )
    joined = valid.join(attendances_table, t.activity_id == valid.c.activity_id).join(
        memberships_table, on_the_day
    )
    statement = (
        _counted(valid, s.branch_org_id.label("org_id"))
        .select_from(joined)
        .where(valid.c.org_id.in_(source.tree.committees), branch_filter(s.branch_org_id, block))
        .group_by(s.branch_org_id, valid.c.period_month)
    )
    for row in source.rows(statement):
        yield row.org_id, row.period_month, named(row, NAMES)


def _counted(valid: sa.CTE, org: sa.ColumnElement[Any]) -> sa.Select[Any]:
    signed = valid_sign_in(valid)
    # A present row must carry method and time, or it proves nothing and can be counted on neither side.
    broken = sa.and_(t.status == "present", sa.or_(t.sign_method.is_(None), t.signed_at.is_(None)))
    in_time = t.recorded_at < valid.c.closes_at
    due = sa.and_(valid.c.activity_type.in_(LIFE_TYPES), t.is_required, in_time, sa.not_(broken))
    return sa.select(
        org,
        valid.c.period_month,
        _count(due, "required"),
        _count(sa.and_(due, signed), "present"),
        _count(sa.and_(due, t.status == "leave"), "on_leave"),
        _count(signed, "signins"),
        sa.func.sum(sa.case((signed, valid.c.class_hours))).label("class_hours"),
        _count(sa.and_(in_time, broken), "attendance_broken"),
    ).where(t.deleted_at.is_(None), of_living_member(t.member_id))


def _count(condition: sa.ColumnElement[bool], name: str) -> sa.Label[int]:
    return sa.func.sum(sa.case((condition, 1), else_=0)).label(name)
