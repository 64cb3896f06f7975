"""MEM(o, d) in SQL: members with an open formal membership and in party on a day, with stage and category."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa

from data.contract import member_category_history, member_state_history, members, memberships
from data.projection.source import Block, branch_filter

s, h, c, m = memberships.c, member_state_history.c, member_category_history.c, members.c

NOT_SCORED_CATEGORIES = ("abroad", "other_exempt")
ARRIVALS = ("admitted", "transfer_in")


def in_force(
    start: sa.ColumnElement[Any], end: sa.ColumnElement[Any], day: date | sa.ColumnElement[Any]
) -> sa.ColumnElement[bool]:
    """The half-open period [start, end) contains the day."""
    return sa.and_(start <= day, sa.or_(end.is_(None), end > day))


def of_living_member(member: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    """Rows about nobody or about a member that is not deleted: a deleted one takes its rows along (rulings 21)."""
    gone = sa.select(m.member_id).where(m.deleted_at.is_not(None))
    return sa.or_(member.is_(None), member.not_in(gone))


def living() -> sa.ColumnElement[bool]:
    """Memberships that are not deleted, nor their member."""
    return sa.and_(s.deleted_at.is_(None), of_living_member(s.member_id))


def membership(day: date | sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    """Formal memberships open on the day."""
    return sa.and_(living(), s.kind == "formal", in_force(s.started_on, s.ended_on, day))


def state(
    day: date | sa.ColumnElement[Any], member: sa.ColumnElement[Any] = s.member_id
) -> sa.ColumnElement[bool]:
    """The membership's member is in party on the day."""
    return sa.and_(
        h.member_id == member,
        h.deleted_at.is_(None),
        h.membership_state == "in_party",
        in_force(h.valid_from, h.valid_to, day),
    )


def category(
    day: date | sa.ColumnElement[Any], member: sa.ColumnElement[Any] = s.member_id
) -> sa.ColumnElement[bool]:
    """The formal member's category on the day; flow_in rows describe another membership (rulings 4)."""
    return sa.and_(
        c.member_id == member,
        c.deleted_at.is_(None),
        c.category != "flow_in",
        in_force(c.valid_from, c.valid_to, day),
    )


def scored(month_first: date, held: Any = s) -> sa.ColumnElement[bool]:
    """SCORED(o, m): not abroad or exempt, and neither admitted nor transferred in during the month."""
    arrived = sa.and_(held.started_on >= month_first, held.start_reason.in_(ARRIVALS))
    exempt = sa.and_(c.category.is_not(None), c.category.in_(NOT_SCORED_CATEGORIES))
    return sa.and_(sa.not_(arrived), sa.not_(exempt))


def roster(block: Block, day: date) -> tuple[Any, sa.ColumnElement[bool]]:
    """(FROM, WHERE) of the members of the block's branches on the day, one row per member."""
    joined = memberships.join(member_state_history, state(day)).outerjoin(
        member_category_history, category(day)
    )
    return joined, sa.and_(membership(day), branch_filter(s.branch_org_id, block))
