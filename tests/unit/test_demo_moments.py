"""A district may be made at any moment: at midnight, on New Year's Day, on 29 February, with one closed month."""

from __future__ import annotations

from datetime import datetime

import pytest

from data.demo.cadres import write_cadres
from data.demo.development import write_development
from data.demo.haishu import haishu_spec
from data.demo.mobile_school import write_mobile_school
from data.demo.post_traffic import write_post_traffic
from data.demo.posts import write_posts
from data.demo.registrations import write_registrations
from data.demo.resources import write_resources
from data.demo.transfers import Transfers
from data.demo.world import World
from tests.demo_rows import rows_of

EVENTS = (
    "updated_at",
    "completed_at",
    "occurred_at",
    "taken_at",
    "submitted_at",
    "published_at",
    "uploaded_at",
)


def _write(world: World) -> None:
    write_resources(world)
    Transfers(world).write()
    write_development(world)
    registrations = write_registrations(world)
    write_mobile_school(world, registrations)
    write_post_traffic(world, write_posts(world), registrations)
    write_cadres(world)


@pytest.mark.parametrize("months", [1, 5, 24])
@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 11, 1, 0, 5),
        datetime(2027, 1, 1, 3),
        datetime(2026, 12, 31, 23, 59),
        datetime(2028, 2, 29, 12),
    ],
)
def test_no_row_of_any_table_comes_from_the_future(now: datetime, months: int) -> None:
    spec = haishu_spec().scaled(towns=2, branches=12, members=170, months=months)
    for name, rows in rows_of(spec, _write, now=now).items():
        # One month may hold no first day of a quarter.
        assert len(rows) > 0 or name == "cadre_quarterly_updates", name
        for column in set(EVENTS) & set(rows.columns):
            moments = rows[column].dropna()
            assert (moments <= f"{now}").all(), (name, column, moments.max())
