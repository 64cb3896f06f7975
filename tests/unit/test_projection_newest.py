"""The listings of the ticker: what is valid, begun, cleared for visitors, and under which organisation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from data.projection.source import Calendar, Source
from data.projection.tallies.newest import newest_activities, newest_posts
from data.projection.tree import Organisation, Tree
from tests.naive.projected import new_source
from tests.naive.rows import Rows

NOW = datetime(2026, 11, 3, 14, 30)


def organisation(org_id: int, org_type: str, parent: int | None, *, is_public: bool = True) -> Organisation:
    name = f"组织{org_id}"
    return Organisation(
        org_id, parent, name, name, str(org_id), org_type, "village", None, None, None, is_public, None, None
    )


TREE = Tree(
    {
        1: organisation(1, "district_committee", None),
        2: organisation(2, "branch", 1, is_public=False),
        3: organisation(3, "party_group", 2),
    },
    {},
)


def activity(activity_id: int, at: datetime, **columns: Any) -> dict[str, Any]:
    row = {
        "activity_id": activity_id, "org_id": 2, "activity_type": "theme_party_day", "title": "主题",
        "status": "held", "started_at": at, "ended_at": at + timedelta(hours=2), "period_month": f"{at:%Y-%m}",
        "recorded_at": at, "updated_at": at, "is_online": False, "is_deliberation": False,
    }  # fmt: skip
    return {**row, **columns}


def post(post_id: int, at: datetime, **columns: Any) -> dict[str, Any]:
    row = {
        "post_id": post_id, "org_id": 2, "post_kind": "branch_news", "module": "info", "title": f"信息{post_id}",
        "published_at": at, "media_count": 0, "status": "published", "is_public": True, "updated_at": at,
    }  # fmt: skip
    return {**row, **columns}


@pytest.fixture
def listed() -> Iterator[Any]:
    """Reads a listing from an operational database with these rows."""
    engines = []

    def read(listing: Any, rows: Rows) -> list[dict[str, Any]]:
        engine = new_source(rows)
        engines.append(engine)
        with engine.connect() as connection:
            return list(listing(Source(connection, Calendar("2026-10", NOW), TREE)))

    yield read
    for engine in engines:
        engine.dispose()


def test_only_valid_activities_of_these_days_are_listed_newest_first(listed: Any) -> None:
    rows = [
        activity(1, NOW - timedelta(days=5)),
        activity(2, NOW - timedelta(hours=1), org_id=3, activity_type="group_meeting"),
        activity(3, NOW + timedelta(days=1)),
        activity(4, NOW - timedelta(hours=2), status="cancelled"),
        activity(5, NOW - timedelta(days=8)),
        activity(6, NOW - timedelta(days=4), recorded_at=NOW),
        activity(7, NOW - timedelta(hours=3), deleted_at=NOW),
    ]
    found = listed(newest_activities, {"activities": rows})
    assert [(row["at"], row["org_id"], row["title"], row["is_public"]) for row in found] == [
        (NOW - timedelta(hours=1), 2, "党小组会", False),
        (NOW - timedelta(days=5), 2, "主题党日", False),
    ]


def test_only_posts_that_passed_the_review_are_listed(listed: Any) -> None:
    rows = [
        post(1, NOW - timedelta(days=2)),
        post(2, NOW - timedelta(days=1), is_public=False),
        post(3, NOW - timedelta(hours=1), status="withdrawn"),
        post(4, NOW - timedelta(days=40)),
        post(5, NOW - timedelta(hours=2), title="长" * 150),
    ]
    found = listed(newest_posts, {"posts": rows})
    assert [row["title"] for row in found] == ["长" * 120, "信息1"]
