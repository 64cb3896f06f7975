"""Use of the platform: posts, views and interactions, reports pushed and opened, administrators' logins.

``platform``, by month, by town: ``posts``, ``views``, ``comments``, ``likes`` of every organisation's posts, the
committees' too.
``post_days``, now, district: ``posts|<YYYY-MM-DD>``, ``views|…``, ``comments|…``, ``likes|…`` of the last 30 days.
``reports``, the last three closed months, by town: ``<report_kind>|generated``, ``…|pushed``, ``…|opened``.
``logins``, now, by town: ``<YYYY-MM-DD>|accounts`` = organisations with an enabled main account,
``<YYYY-MM-DD>|compliant`` = of these with logins on two days or more; the day is the Sunday of one of the last 12
full weeks.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa

from data.contract import (
    account_logins,
    admin_accounts,
    diagnosis_reports,
    post_interactions,
    post_view_daily,
    posts,
)
from data.projection.families.membership import of_living_member
from data.projection.source import Source, year_month
from data.projection.tallies.kinds import DISTRICT, NOW, SLOWLY, Tally, TallyRow
from data.projection.tallies.places import by_town

p, v, i = posts.c, post_view_daily.c, post_interactions.c
r, g, w = diagnosis_reports.c, account_logins.c, admin_accounts.c

INTERACTIONS = {"comment": "comments", "like": "likes"}
REPORT_KINDS = ("member_index", "branch_diagnosis")
REPORT_MONTHS = 3
POST_DAYS = 30
WEEKS = 12
# Logins on so many days of a week (WJ-11: twice a week).
LOGIN_DAYS = 2


def shown(source: Source) -> sa.ColumnElement[bool]:
    """Posts that stand on the platform now."""
    return sa.and_(p.deleted_at.is_(None), p.status == "published", p.published_at <= source.calendar.now)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def _counts(source: Source, since: date, unit: Any) -> Iterator[tuple[str, sa.Select[Any]]]:
    """(key, statement of org_id, *unit, n) of each of the four numbers from ``since`` to today."""
    today = source.calendar.now.date()

    def select(at: sa.ColumnElement[Any], n: sa.ColumnElement[Any], table: Any, low: Any, high: Any) -> Any:
        parts = unit(at)
        found = sa.select(p.org_id, *parts, n.label("n")).select_from(table)
        return found.where(shown(source), at >= low, at < high).group_by(p.org_id, *parts)

    begin, end = _midnight(since), _midnight(today + timedelta(days=1))
    yield "posts", select(p.published_at, sa.func.count(), posts, begin, end)
    seen = posts.join(post_view_daily, sa.and_(v.post_id == p.post_id, v.deleted_at.is_(None)))
    yield "views", select(v.view_on, sa.func.sum(v.views), seen, since, today + timedelta(days=1))
    living = sa.and_(i.post_id == p.post_id, i.deleted_at.is_(None), of_living_member(i.member_id))
    answered = posts.join(post_interactions, living)
    for kind, key in INTERACTIONS.items():
        found = select(i.occurred_at, sa.func.count(), answered, begin, end)
        yield key, found.where(i.interaction_kind == kind)


def read_platform(source: Source) -> Iterator[TallyRow]:
    """All projected months."""
    first = date.fromisoformat(f"{source.calendar.months[0]}-01")

    def unit(at: sa.ColumnElement[Any]) -> list[sa.Label[int]]:
        year, month = year_month(at)
        return [year.label("y"), month.label("m")]

    for key, statement in _counts(source, first, unit):
        rows = ((f"{int(x.y):04d}-{int(x.m):02d}", x.org_id, key, x.n) for x in source.rows(statement))
        yield from by_town(source, rows)


def read_days(source: Source) -> Iterator[TallyRow]:
    """The last thirty days with today; days without anything have no row."""
    since = source.calendar.now.date() - timedelta(days=POST_DAYS - 1)
    for key, statement in _counts(source, since, lambda at: [sa.func.date(at).label("day")]):
        for x in source.rows(statement):
            if x.org_id in source.tree.organisations:
                yield NOW, DISTRICT, f"{key}|{x.day}", x.n


def read_reports(source: Source) -> Iterator[TallyRow]:
    """Reports about organisations and about living members, by the month they are about."""
    months = source.calendar.months[-1 - REPORT_MONTHS : -1]
    statement = (
        sa.select(
            r.org_id,
            r.report_kind,
            r.period_month,
            sa.func.count().label("generated"),
            sa.func.count(r.pushed_at).label("pushed"),
            sa.func.sum(
                sa.case((sa.and_(r.pushed_at.is_not(None), r.opened_at.is_not(None)), 1), else_=0)
            ).label("opened"),
        )
        .where(
            r.deleted_at.is_(None),
            r.report_kind.in_(REPORT_KINDS),
            r.period_month.in_(months),
            of_living_member(r.member_id),
        )
        .group_by(r.org_id, r.report_kind, r.period_month)
    )
    rows: list[tuple[str, int | None, str, float]] = []
    for row in source.rows(statement):
        for name in ("generated", "pushed", "opened"):
            rows.append((row.period_month, row.org_id, f"{row.report_kind}|{name}", getattr(row, name)))
    yield from by_town(source, rows)


def read_logins(source: Source) -> Iterator[TallyRow]:
    """Weeks from Monday to Sunday; accounts as they are enabled today, the only state there is."""
    today = source.calendar.now.date()
    sunday = today - timedelta(days=today.isoweekday())
    sundays = [sunday - timedelta(weeks=back) for back in range(WEEKS)]
    main = (
        sa.select(w.org_id).where(w.deleted_at.is_(None), w.account_kind == "main", w.is_enabled).distinct()
    )
    organisations = [row.org_id for row in source.rows(main)]
    day = sa.func.date(g.logged_in_at).label("day")
    statement = (
        sa.select(w.org_id, day)
        .select_from(account_logins.join(admin_accounts, w.account_id == g.account_id))
        .where(
            g.deleted_at.is_(None),
            w.deleted_at.is_(None),
            g.logged_in_at >= _midnight(sundays[-1] - timedelta(days=6)),
            g.logged_in_at < _midnight(sunday + timedelta(days=1)),
        )
        .group_by(w.org_id, day)
    )
    days: dict[tuple[int, date], int] = {}
    for row in source.rows(statement):
        on = row.day if isinstance(row.day, date) else date.fromisoformat(row.day)
        week = (row.org_id, on + timedelta(days=7 - on.isoweekday()))
        days[week] = days.get(week, 0) + 1
    rows: list[tuple[str, int | None, str, float]] = []
    for end in sundays:
        rows += [(NOW, org, f"{end}|accounts", 1.0) for org in organisations]
        kept = (org for org in organisations if days.get((org, end), 0) >= LOGIN_DAYS)
        rows += [(NOW, org, f"{end}|compliant", 1.0) for org in kept]
    yield from by_town(source, rows)


_POSTS = ("posts", "members", "organizations")
TALLIES = (
    Tally("platform", read_platform, (*_POSTS, "post_view_daily", "post_interactions"), SLOWLY),
    Tally("post_days", read_days, (*_POSTS, "post_view_daily", "post_interactions"), SLOWLY),
    Tally("reports", read_reports, ("diagnosis_reports", "members", "organizations"), SLOWLY),
    Tally("logins", read_logins, ("account_logins", "admin_accounts", "organizations"), SLOWLY),
)
