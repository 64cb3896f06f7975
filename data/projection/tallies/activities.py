"""Organisation life by type, day and way of signing in.

``activities_by_type``, the open month and the twelve before, by town: ``<activity_type>`` = valid activities.
``activity_days``, now, district: ``held|<YYYY-MM-DD>|<activity_type>`` of the last 90 days (valid ones, today
included), ``planned|<YYYY-MM-DD>|<activity_type>`` of the next 14 (from today).
``signins_by_method``, the open month and the one before, district: ``<sign_method>`` = valid sign-ins.
``today``, now, by town: ``activities``, ``signins|<sign_method>``, ``posts``, ``transfers`` (completed) of this day.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa

from data.clock import month_of
from data.contract import activities as activities_table
from data.contract import attendances as attendances_table
from data.contract import organizations, posts, transfers
from data.projection.evidence import a, t, valid_activities, valid_activity, valid_sign_in
from data.projection.families.membership import of_living_member
from data.projection.source import Source
from data.projection.tallies.kinds import DISTRICT, NOW, SLOWLY, Tally, TallyRow
from data.projection.tallies.places import by_town

p, x = posts.c, transfers.c

DAYS_BACK, DAYS_AHEAD = 90, 14
MONTHS_BACK = 13
SOON = timedelta(seconds=15)


def read_types(source: Source) -> Iterator[TallyRow]:
    """Grouped in the database by town: the activities of a year are too many to map one by one."""
    owner, branch = organizations.alias("owner"), organizations.alias("branch")
    months = source.calendar.months[-MONTHS_BACK:]
    group = sa.and_(branch.c.org_id == owner.c.parent_org_id, owner.c.org_type == "party_group")
    town = sa.func.coalesce(branch.c.town_id, owner.c.town_id)
    statement = (
        sa.select(a.period_month, town.label("town"), a.activity_type, sa.func.count().label("n"))
        .select_from(activities_table.join(owner, owner.c.org_id == a.org_id).outerjoin(branch, group))
        .where(valid_activity(months), a.org_id.in_(_living(source)))
        .group_by(a.period_month, town, a.activity_type)
    )
    for row in source.rows(statement):
        yield row.period_month, DISTRICT, row.activity_type, row.n
        if row.town is not None:
            yield row.period_month, row.town, row.activity_type, row.n


def _living(source: Source) -> sa.Select[Any]:
    """Organisations that are not deleted; orphans are few and never enter the tree."""
    o = organizations.c
    lost = source.tree.unreachable
    return sa.select(o.org_id).where(o.deleted_at.is_(None), o.org_id.not_in(lost))


def read_days(source: Source) -> Iterator[TallyRow]:
    """Held by the day of their start, planned by the day they are planned for."""
    today = source.calendar.now.date()
    first = today - timedelta(days=DAYS_BACK - 1)
    months = [month for month in source.calendar.months if month >= month_of(first)]
    day = sa.func.date(a.started_at)
    held = (
        sa.select(day.label("day"), a.activity_type, sa.func.count().label("n"))
        .where(valid_activity(months), a.org_id.in_(_living(source)))
        .where(a.started_at >= _midnight(first), a.started_at < _midnight(today + timedelta(days=1)))
        .group_by(day, a.activity_type)
    )
    for row in source.rows(held):
        yield NOW, DISTRICT, f"held|{row.day}|{row.activity_type}", row.n
    plan = sa.func.date(a.plan_start_at)
    planned = (
        sa.select(plan.label("day"), a.activity_type, sa.func.count().label("n"))
        .where(
            a.deleted_at.is_(None),
            a.status == "planned",
            a.period_month.in_({month_of(today), month_of(today + timedelta(days=DAYS_AHEAD))}),
            a.plan_start_at >= _midnight(today),
            a.plan_start_at < _midnight(today + timedelta(days=DAYS_AHEAD + 1)),
            a.org_id.in_(_living(source)),
        )
        .group_by(plan, a.activity_type)
    )
    for row in source.rows(planned):
        yield NOW, DISTRICT, f"planned|{row.day}|{row.activity_type}", row.n


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def read_methods(source: Source) -> Iterator[TallyRow]:
    """Valid sign-ins of living members at valid activities."""
    valid = valid_activities(source.calendar.months[-2:])
    statement = (
        sa.select(valid.c.period_month, t.sign_method, sa.func.count().label("n"))
        .select_from(attendances_table.join(valid, valid.c.activity_id == t.activity_id))
        .where(
            t.deleted_at.is_(None),
            valid_sign_in(valid),
            of_living_member(t.member_id),
            valid.c.org_id.in_(_living(source)),
        )
        .group_by(valid.c.period_month, t.sign_method)
    )
    for row in source.rows(statement):
        yield row.period_month, DISTRICT, row.sign_method, row.n


def read_today(source: Source) -> Iterator[TallyRow]:
    """What has happened since midnight."""
    now = source.calendar.now
    begin, end = _midnight(now.date()), _midnight(now.date() + timedelta(days=1))
    rows: list[tuple[str, int | None, str, float]] = []
    today = sa.and_(a.started_at >= begin, a.started_at < end)
    held = sa.select(a.org_id, sa.func.count().label("n")).where(valid_activity([month_of(begin)]), today)
    rows += [(NOW, row.org_id, "activities", row.n) for row in source.rows(held.group_by(a.org_id))]
    valid = valid_activities([month_of(begin)])
    signed = (
        sa.select(valid.c.org_id, t.sign_method, sa.func.count().label("n"))
        .select_from(attendances_table.join(valid, valid.c.activity_id == t.activity_id))
        .join(activities_table, sa.and_(a.activity_id == t.activity_id, today))
        .where(t.deleted_at.is_(None), valid_sign_in(valid), of_living_member(t.member_id))
        .group_by(valid.c.org_id, t.sign_method)
    )
    rows += [(NOW, row.org_id, f"signins|{row.sign_method}", row.n) for row in source.rows(signed)]
    published = (
        sa.select(p.org_id, sa.func.count().label("n"))
        .where(
            p.deleted_at.is_(None), p.status == "published", p.published_at >= begin, p.published_at <= now
        )
        .group_by(p.org_id)
    )
    rows += [(NOW, row.org_id, "posts", row.n) for row in source.rows(published)]
    done = sa.select(sa.func.coalesce(x.to_org_id, x.from_org_id).label("org_id")).where(
        x.deleted_at.is_(None), x.state == "completed", x.completed_at >= begin, x.completed_at < end
    )
    rows += [(NOW, row.org_id, "transfers", 1.0) for row in source.rows(done)]
    yield from by_town(source, rows)


TALLIES = (
    Tally("activities_by_type", read_types, ("activities", "organizations"), SLOWLY),
    Tally("activity_days", read_days, ("activities", "organizations"), SLOWLY),
    Tally(
        "signins_by_method", read_methods, ("activities", "attendances", "members", "organizations"), SLOWLY
    ),
    Tally(
        "today",
        read_today,
        ("activities", "attendances", "members", "posts", "transfers", "organizations"),
        SOON,
    ),
)
