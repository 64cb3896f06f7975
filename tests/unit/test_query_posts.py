"""The platform: posts and what they are answered with, in all and over thirty days."""

from __future__ import annotations

from data.queries.figures_of_month import Amount
from data.queries.posts import Posts, load
from data.scope import Scope
from tests.readmodel_rows import ROOT, reader_of


def view(
    days: dict[str, float], ever: dict[tuple[str, str], float] | None = None, **columns: float | None
) -> Posts:
    cells = {("post_days", "", key): n for key, n in days.items()}
    cells |= {("platform", month, key): n for (month, key), n in (ever or {}).items()}
    rows = [
        {"tally": tally, "period_month": month, "town_id": 0, "key": key, "value": n}
        for (tally, month, key), n in cells.items()
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
    # Today is not over: the mean is of the 29 days before it.
    assert posts.mean == Amount("value", 1.0)
    assert posts.today == Amount("value", 2.0)


def test_totals_are_of_every_month_and_not_of_the_thirty_days() -> None:
    found = view(
        {"posts|2026-11-20": 24},
        {
            ("2026-02", "posts"): 300,
            ("2026-10", "posts"): 40,
            ("2026-11", "posts"): 24,
            ("2026-11", "likes"): 9,
        },
    )
    assert [series.total for series in found.series] == [
        Amount("value", 364.0), Amount("nodata"), Amount("nodata"), Amount("value", 9.0),
    ]  # fmt: skip


def test_a_measure_nobody_counted_has_no_data() -> None:
    found = {series.measure: series for series in view({"posts|2026-11-20": 4}).series}
    assert list(found) == ["posts", "views", "comments", "likes"]
    for amount in (found["views"].total, found["views"].today, found["views"].mean):
        assert amount == Amount("nodata")


def test_the_active_are_those_of_the_last_closed_month() -> None:
    assert view({}, app_active=30, app_users=40).active == Amount("value", 0.75)
    assert view({}, app_active=0, app_users=0).active == Amount("na")
    assert view({}).active == Amount("nodata")
