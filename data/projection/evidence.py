"""Valid evidence in SQL: 当月工作当月毕, a row recorded after its month's cut-off never counts (schema §3.1)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import sqlalchemy as sa

from data.clock import cutoff
from data.contract import activities as activities_table
from data.contract import attendances as attendances_table
from data.projection.source import month_case, month_start
from data.projection.sql_time import hours_after

a, t = activities_table.c, attendances_table.c

SIGN_METHODS = ("id_card", "wechat", "qr")


def recorded_in_time(recorded: sa.ColumnElement[object], months: Sequence[str]) -> sa.ColumnElement[bool]:
    """Recorded before the cut-off, or by noon after it when the activity ended after 22:00 of the last day."""
    return sa.or_(
        recorded < month_case(a.period_month, months, cutoff),
        sa.and_(
            a.ended_at >= month_case(a.period_month, months, lambda m: cutoff(m) - timedelta(hours=2)),
            recorded < month_case(a.period_month, months, lambda m: cutoff(m) + timedelta(hours=12)),
        ),
    )


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


def valid_activity(months: Sequence[str]) -> sa.ColumnElement[bool]:
    """Valid evidence: held, countable, recorded in time."""
    return sa.and_(held(months), countable(months), recorded_in_time(a.recorded_at, months))


def valid_sign_in(months: Sequence[str]) -> sa.ColumnElement[bool]:
    """A present row with a real sign-in inside the window of two hours around the activity, in time."""
    end = sa.func.coalesce(a.ended_at, hours_after(a.started_at, sa.literal(4)))
    return sa.and_(
        t.status == "present",
        t.sign_method.in_(SIGN_METHODS),
        recorded_in_time(t.recorded_at, months),
        t.signed_at >= hours_after(a.started_at, sa.literal(-2)),
        t.signed_at <= hours_after(end, sa.literal(2)),
    )
