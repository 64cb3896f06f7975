"""What a run costs the source is counted and published with its version."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from data.contract import activities
from data.readmodel import schema
from tests.naive.life import random_district
from tests.naive.projected import change, new_source, new_store, projector


def test_a_version_says_how_many_statements_and_rows_it_took() -> None:
    district = random_district(7)
    source, store = new_source(district.rows), new_store()
    sent: list[str] = []
    now = district.now
    sa.event.listen(source, "after_cursor_execute", lambda *args: sent.append(args[2]))
    running = projector(source, store, lambda: now)
    for _ in range(2):
        del sent[:]
        outcome = running.run()
        if outcome.version is not None:
            assert newest(store).statements == len(sent)
            first = newest(store)
        now += timedelta(minutes=2)
    # One that some branch is judged by.
    key = next(
        row["activity_id"]
        for row in district.rows["activities"]
        if row["activity_type"] == "theme_party_day" and row["status"] == "held"
    )
    change(source, activities, activities.c.activity_id == key, status="cancelled", updated_at=now)
    del sent[:]
    assert running.run().version is not None
    after = newest(store)
    assert after.statements == len(sent)
    assert after.rows_read > 0
    assert after.rows_read < first.rows_read, "one change reads less than everything"


def newest(store: sa.Engine) -> sa.Row[tuple[object, ...]]:
    query = sa.select(schema.versions).order_by(schema.versions.c.version.desc()).limit(1)
    with store.connect() as connection:
        return connection.execute(query).one()
