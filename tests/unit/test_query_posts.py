"""The platform: thirty days of posts and what they are answered with."""

from __future__ import annotations

from data.queries.figures_of_month import Amount
from data.queries.posts import Posts, load
from data.scope import Scope
from tests.readmodel_rows import ROOT, reader_of


def view(days: dict[str, float], **columns: float | None) -> Posts:
    rows = [
        {"tally": "post_days", "period_month": "", "town_id": 0, "key": key, "value": n}
        for key, n in days.items()
    ]
    month = {"org_id": ROOT, "period_month": "2026-10", **columns}
    with reader_of(tallies=rows, org_months=[month]) as reader:
        return load(reader, Scope("wall_reception", 10))


def test_thirty_days_end_today_and_a_day_without_a_row_is_zero() -> None:
    found = view(
        {"posts|2026-10-23": 5, "posts|2026-10-22": 99, "posts|2026-11-20": 24, "posts|2026-11-21": 2}
    )
    posts = found.series[0]
    assert (posts.measure, len(posts.days)) == ("posts", 30)
    assert (posts.days[0], posts.days[-2:]) == (5, (24, 2))
    assert posts.total == Amount("value", 31.0)
    # Today is not over: the mean is of the 29 days before it.
    assert posts.mean == Amount("value", 1.0)
    assert posts.today == Amount("value", 2.0)


def test_a_measure_nobody_counted_has_no_data() -> None:
    found = {series.measure: series for series in view({"posts|2026-11-20": 4}).series}
    assert list(found) == ["posts", "views", "comments", "likes"]
    for amount in (found["views"].total, found["views"].today, found["views"].mean):
        assert amount == Amount("nodata")


def test_the_active_are_those_of_the_last_closed_month() -> None:
    assert view({}, app_active=30, app_users=40).active == Amount("value", 0.75)
    assert view({}, app_active=0, app_users=0).active == Amount("na")
    assert view({}).active == Amount("nodata")
