"""Use of the platform by a branch: news, views and interactions of its posts, who is registered, problems solved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

import sqlalchemy as sa

from data.clock import cutoff, first_day
from data.contract import (
    app_registrations,
    post_interactions,
    post_view_daily,
    problem_items,
)
from data.contract import posts as posts_table
from data.projection.families.membership import of_living_member, roster, s
from data.projection.source import Block, Row, Source, branch_filter, in_months, named, year_month

p, v, i, r, q = (
    posts_table.c,
    post_view_daily.c,
    post_interactions.c,
    app_registrations.c,
    problem_items.c,
)

INTERACTIONS = {"comment": "comments", "like": "likes"}


def read_platform(source: Source, block: Block) -> Iterator[Row]:
    """Each by its own month, for the organisation of the post; what belongs to a withdrawn post does not count."""
    shown = sa.and_(
        p.deleted_at.is_(None),
        p.status == "published",
        p.published_at <= source.calendar.now,
        branch_filter(p.org_id, block),
    )
    news = _by_month(p.published_at, sa.func.count(), block, as_date=False).select_from(posts_table)
    yield from _named(source, news.where(shown, p.post_kind == "branch_news"), "branch_news")
    seen = posts_table.join(post_view_daily, sa.and_(v.post_id == p.post_id, v.deleted_at.is_(None)))
    views = _by_month(v.view_on, sa.func.sum(v.views), block, as_date=True).select_from(seen)
    yield from _named(source, views.where(shown, v.view_on <= source.calendar.now.date()), "views")
    living = sa.and_(i.post_id == p.post_id, i.deleted_at.is_(None), of_living_member(i.member_id))
    answered = posts_table.join(post_interactions, living)
    for kind, name in INTERACTIONS.items():
        found = _by_month(i.occurred_at, sa.func.count(), block, as_date=False).select_from(answered)
        mine = sa.and_(shown, i.interaction_kind == kind, i.occurred_at < _end_of_day(source))
        yield from _named(source, found.where(mine), name)


def _end_of_day(source: Source) -> datetime:
    """Until then: what a day brings is not watched by the minute."""
    return datetime.combine(source.calendar.now.date() + timedelta(days=1), time())


def _by_month(
    at: sa.ColumnElement[Any], n: sa.ColumnElement[Any], block: Block, *, as_date: bool
) -> sa.Select[Any]:
    year, month = year_month(at)
    return (
        sa.select(p.org_id, year.label("y"), month.label("m"), n.label("n"))
        .where(in_months(at, block.months, as_date=as_date))
        .group_by(p.org_id, year, month)
    )


def _named(source: Source, statement: sa.Select[Any], name: str) -> Iterator[Row]:
    for row in source.rows(statement):
        yield row.org_id, f"{int(row.y):04d}-{int(row.m):02d}", {name: float(row.n or 0)}


def read_registrations(source: Source, block: Block) -> Iterator[Row]:
    """Members with any registration by the end of the month; active: seen in the month or since.

    The day somebody was last seen has no history: of a month that is over it says "in it or later".
    """
    for month in block.months:
        joined, where = roster(block, source.calendar.day_of(month))
        registered = sa.and_(
            r.member_id == s.member_id,
            r.deleted_at.is_(None),
            r.registered_at < min(cutoff(month), _end_of_day(source)),
        )
        user = sa.select(r.registration_id).where(registered).exists()
        seen = sa.select(r.registration_id).where(registered, r.last_active_on >= first_day(month)).exists()
        statement = (
            sa.select(
                s.branch_org_id,
                sa.func.sum(sa.case((user, 1), else_=0)).label("app_users"),
                sa.func.sum(sa.case((seen, 1), else_=0)).label("app_active"),
            )
            .select_from(joined)
            .where(where)
            .group_by(s.branch_org_id)
        )
        for row in source.rows(statement):
            yield row.branch_org_id, month, named(row, ("app_users", "app_active"))


def read_problems(source: Source, block: Block) -> Iterator[Row]:
    """Problems whose limit has passed, by its month; solved by the end of the day is in time."""
    year, month = year_month(q.due_on)
    in_time = sa.and_(q.resolved_at.is_not(None), sa.func.date(q.resolved_at) <= q.due_on)
    statement = (
        sa.select(
            q.org_id,
            year.label("y"),
            month.label("m"),
            sa.func.count().label("problems_due"),
            sa.func.sum(sa.case((in_time, 1), else_=0)).label("problems_closed_in_time"),
        )
        .where(
            q.deleted_at.is_(None),
            q.due_on < source.calendar.now.date(),
            in_months(q.due_on, block.months, as_date=True),
            branch_filter(q.org_id, block),
        )
        .group_by(q.org_id, year, month)
    )
    for row in source.rows(statement):
        values = named(row, ("problems_due", "problems_closed_in_time"))
        yield row.org_id, f"{int(row.y):04d}-{int(row.m):02d}", values
