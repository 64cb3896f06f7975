"""What happened last, for the ticker: newest valid activities and posts cleared for visitors."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

import sqlalchemy as sa

from data.clock import month_of, months_between
from data.contract import activities, posts
from data.contract.activity_types import ACTIVITY_TYPES
from data.projection.evidence import valid_activity
from data.projection.source import Source
from data.projection.tallies.kinds import Listing

ACTIVITY_DAYS, POST_DAYS, ROWS = 7, 30, 24
# "主题党日(江苏称…)" is 主题党日 to whoever passes by.
NAMES = {row.code: row.name_zh.split("(")[0].split("/")[0] for row in ACTIVITY_TYPES}

a, p = activities.c, posts.c


def newest_activities(source: Source) -> Iterator[dict[str, Any]]:
    """Valid activities of the last days and of today, newest first, under the branch they belong to."""
    since, until = _days(source, ACTIVITY_DAYS)
    months = months_between(month_of(since.date()), month_of(source.calendar.now.date()))
    statement = (
        sa.select(a.started_at, a.org_id, a.activity_type)
        .where(valid_activity(months), a.started_at >= since, a.started_at < until)
        .order_by(a.started_at.desc(), a.activity_id.desc())
        .limit(ROWS)
    )
    for at, org_id, kind in source.rows(statement):
        organisation = source.tree.organisations.get(source.tree.branch_of(org_id) or org_id)
        if organisation is not None:
            yield {
                "at": at,
                "org_id": organisation.org_id,
                "kind": kind,
                "title": NAMES.get(kind, "活动"),
                "amount": None,
                "is_public": organisation.is_public,
            }


def newest_posts(source: Source) -> Iterator[dict[str, Any]]:
    """Published posts that passed the disclosure review, newest first."""
    since, until = _days(source, POST_DAYS)
    statement = (
        sa.select(p.published_at, p.org_id, p.post_kind, p.title)
        .where(
            p.deleted_at.is_(None),
            p.status == "published",
            p.is_public,
            p.published_at >= since,
            p.published_at < until,
        )
        .order_by(p.published_at.desc(), p.post_id.desc())
        .limit(ROWS)
    )
    for at, org_id, kind, title in source.rows(statement):
        yield {
            "at": at,
            "org_id": org_id,
            "kind": kind,
            "title": title[:120],
            "amount": None,
            "is_public": True,
        }


def _days(source: Source, days: int) -> tuple[datetime, datetime]:
    """Whole days up to the end of today: the window moves at midnight only, when every listing is read again."""
    today = datetime.combine(source.calendar.now.date(), time())
    return today - timedelta(days=days), today + timedelta(days=1)


NEWEST_ACTIVITIES = Listing("newest_activities", newest_activities, ("activities",))
NEWEST_POSTS = Listing("newest_posts", newest_posts, ("posts",))
