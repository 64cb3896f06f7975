"""Readers of a living district: views of the newest posts, and now and then a comment or a like."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from data.contract import post_interactions, post_view_daily, posts
from data.demo.living import District, Event

_NEWEST = 60


def react(district: District, now: datetime) -> Event | None:
    """One of the newest posts is read, and perhaps answered by a member of its branch."""
    p, rng = posts.c, district.rng
    with district.engine.begin() as connection:
        fresh = connection.execute(
            sa.select(p.post_id, p.org_id)
            .where(
                p.published_at < now,
                p.status == "published",
                p.deleted_at.is_(None),
            )
            .order_by(p.published_at.desc())
            .limit(_NEWEST)
        ).all()
        if not fresh:
            return None
        post = rng.choice(fresh)
        _view(district, connection, post.post_id, rng.randint(1, 4), now)
        member = district.member(connection, post.org_id, now.date())
        kind = rng.choices(("comment", "like", None), (3, 2, 5))[0]
        if member is None or kind is None or (kind == "like" and _liked(connection, post.post_id, member)):
            return Event("reading", post.org_id, 1, now)
        answer = {"post_id": post.post_id, "member_id": member, "interaction_kind": kind, "occurred_at": now}
        district.insert(connection, "post_interactions", [answer], now)
    return Event("reading", post.org_id, 2, now)


def _view(district: District, connection: sa.Connection, post: int, views: int, now: datetime) -> None:
    v = post_view_daily.c
    today = (v.post_id == post, v.view_on == now.date(), v.deleted_at.is_(None))
    known = connection.execute(
        post_view_daily.update().where(*today).values(views=v.views + views, updated_at=now)
    ).rowcount
    if not known:
        row = {"post_id": post, "view_on": now.date(), "views": views}
        district.insert(connection, "post_view_daily", [row], now)


def _liked(connection: sa.Connection, post: int, member: int) -> bool:
    i = post_interactions.c
    return bool(
        connection.scalar(
            sa.select(
                sa.exists().where(
                    i.post_id == post,
                    i.member_id == member,
                    i.interaction_kind == "like",
                    i.deleted_at.is_(None),
                )
            )
        )
    )
