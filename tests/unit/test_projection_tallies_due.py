"""When tallies are read again: with their tables, when a moment ahead is reached, on a new day, not too often."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from data.contract import posts, resources
from data.projection.tallying import EVERY
from tests.naive.projected import change, insert, new_source, new_store, projector, read_table
from tests.tallied import FIVE, NOW, tree

COMING = NOW + timedelta(minutes=5)
RESOURCE = {"resource_id": 1, "resource_kind": "video", "title": "课", "topic": "rural", "is_active": True}


class Moment:
    """A clock that stands until it is set."""

    now = NOW

    def __call__(self) -> datetime:
        return self.now


def values(store: sa.Engine, tally: str) -> dict[str, float]:
    return {
        key[3]: row["value"]
        for key, row in read_table(store, "tallies").items()
        if key[0] == tally and not key[2]
    }


def test_a_changed_table_is_counted_again_at_once_and_a_slow_tally_after_its_time() -> None:
    source, store, clock = new_source({**tree(), "resources": [RESOURCE]}), new_store(), Moment()
    watching = projector(source, store, clock)
    watching.run()
    assert values(store, "resources") == {"video": 1}
    clock.now += timedelta(minutes=1)
    change(source, resources, resources.c.resource_id == 1, resource_kind="book", updated_at=clock.now)
    insert(source, "data_volume_snapshots", {"snapshot_id": 1, "table_name": "members", "snapshot_on": NOW.date(),
                                             "row_total": 9, "updated_at": clock.now})  # fmt: skip
    watching.run()
    assert values(store, "resources") == {"book": 1}
    assert values(store, "records") == {}
    clock.now += EVERY["records"].every
    watching.run()
    assert values(store, "records") == {"members": 9}


def test_a_post_appears_when_its_time_has_come_though_nobody_wrote() -> None:
    post = {"post_id": 1, "org_id": FIVE, "post_kind": "branch_news", "module": "info", "title": "信息",
            "published_at": COMING, "status": "published", "is_public": True, "media_count": 2}  # fmt: skip
    source, store, clock = new_source({**tree(), posts.name: [post]}), new_store(), Moment()
    watching = projector(source, store, clock)
    watching.run()
    assert ("public_pictures", 0) not in read_table(store, "listings")
    clock.now = COMING + timedelta(minutes=2)
    assert watching.run().changed_rows == 0
    assert ("public_pictures", 0) in read_table(store, "listings")


def test_on_a_new_day_windows_move_without_a_change() -> None:
    cases = [{"case_id": 1, "branch_org_id": FIVE, "variant": 43, "status": "in_progress", "gender": "M"}]
    steps = [{"dev_step_id": 1, "case_id": 1, "step_no": 7, "status": "open", "due_on": NOW.date()}]
    rows = {**tree(), "development_cases": cases, "development_steps": steps}
    source, store, clock = new_source(rows), new_store(), Moment()
    watching = projector(source, store, clock)
    watching.run()
    assert set(values(store, "step_board")) == {"43|7|waiting", "43|7|soon"}
    clock.now += timedelta(days=1)
    watching.run()
    assert set(values(store, "step_board")) == {"43|7|waiting", "43|7|overdue"}


def test_without_one_of_its_tables_a_tally_has_no_rows() -> None:
    source, store, clock = new_source({**tree(), "resources": [RESOURCE]}), new_store(), Moment()
    watching = projector(source, store, clock)
    with source.begin() as connection:
        connection.exec_driver_sql("DROP TABLE resources")
    watching.run()
    assert values(store, "resources") == {}
    assert values(store, "organisations")["type|branch"] == 3
