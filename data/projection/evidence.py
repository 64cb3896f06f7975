"""Valid evidence in SQL: 当月工作当月毕, a row recorded after its month's cut-off never counts (schema §3.1)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from data.clock import cutoff
from data.contract import activities as activities_table
from data.contract import attendances as attendances_table
from data.projection.source import month_case, month_start
from data.projection.sql_time import hours_after

a, t = activities_table.c, attendances_table.c

SIGN_METHODS = ("id_card", "wechat", "qr")


def closes_at(months: Sequence[str]) -> sa.ColumnElement[Any]:
    """The moment from which on nothing recorded for the activity counts: the cut-off of its month, or noon of
    the next day when it ended after 22:00 of the month's last day (rulings 20)."""
    late_end = month_case(a.period_month, months, lambda m: cutoff(m) - timedelta(hours=2))
    noon = month_case(a.period_month, months, lambda m: cutoff(m) + timedelta(hours=12))
    return sa.case((a.ended_at >= late_end, noon), else_=month_case(a.period_month, months, cutoff))


def held(months: Sequence[str]) -> sa.ColumnElement[bool]:
    """Activities of the months that are marked held, whether or not they can be counted."""
    return sa.and_(a.deleted_at.is_(None), a.status == "held", a.period_month.in_(months))


def countable(months: Sequence[str]) -> sa.ColumnElement[bool]:
    """Held activities without a broken invariant: a start that lies in the month they claim."""
    return sa.and_(
        a.started_at.is_not(None),
        a.started_at >= month_case(a.period_month, months, month_start),
        a.started_at < month_case(a.period_month, months, cutoff),
    )


def valid_activity(months: Sequence[str], *, by_month: bool = True) -> sa.ColumnElement[bool]:
    """Valid evidence: held, countable, recorded in time.

    Without ``by_month`` nothing invites the engine to start from the months: for whoever comes from the members.
    The moments of other months are NULL, so that `countable` keeps them out either way.
    """
    is_held = held(months) if by_month else sa.and_(a.deleted_at.is_(None), a.status == "held")
    return sa.and_(is_held, countable(months), a.recorded_at < closes_at(months))


def valid_activities(months: Sequence[str], *, by_month: bool = True) -> sa.CTE:
    """`valid_activity_rows` as a common table expression: worked out once per activity."""
    return valid_activity_rows(months, by_month=by_month).cte("valid_activities")


def valid_activity_rows(months: Sequence[str], *, by_month: bool = True) -> sa.Select[Any]:
    """Valid activities with the moments their sign-ins are measured by.

    Columns: activity_id, org_id, period_month, activity_type, class_hours, held_on (date of the start),
    opens_at and shuts_at (sign-in window, both included), closes_at (excluded).
    """
    end = sa.func.coalesce(a.ended_at, hours_after(a.started_at, sa.literal(4)))
    statement = sa.select(
        a.activity_id,
        a.org_id,
        a.period_month,
        a.activity_type,
        a.class_hours,
        sa.func.date(a.started_at).label("held_on"),
        hours_after(a.started_at, sa.literal(-2)).label("opens_at"),
        hours_after(end, sa.literal(2)).label("shuts_at"),
        sa.type_coerce(closes_at(months), sa.DateTime).label("closes_at"),
    )
    return statement.where(valid_activity(months, by_month=by_month))


def valid_sign_in(valid: sa.FromClause) -> sa.ColumnElement[bool]:
    """A present row with a real sign-in inside the window of two hours around the activity, in time."""
    return sa.and_(
        t.status == "present",
        t.sign_method.in_(SIGN_METHODS),
        t.recorded_at < valid.c.closes_at,
        t.signed_at >= valid.c.opens_at,
        t.signed_at <= valid.c.shuts_at,
    )
