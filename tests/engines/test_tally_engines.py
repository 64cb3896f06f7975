"""Tallies, listings and every family say the same on PostgreSQL as on SQLite."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from dashboard.profile import load_profile
from data.projection.catalogue import FAMILIES
from data.projection.source import Block, Calendar, Source, merge
from data.projection.tallying import EVERY, _rows
from data.projection.tree import read_tree
from tests.naive.life import random_district
from tests.naive.projected import new_source
from tests.naive.rows import write

DISTRICT = random_district(5)


def said(engine: sa.Engine) -> dict[str, Any]:
    """What every tally, listing and family reads of the district."""
    with engine.connect() as connection:
        calendar, rules = Calendar(DISTRICT.months[0], DISTRICT.now), load_profile("haishu").member_rules
        source = Source(connection, calendar, read_tree(connection), member_rules=rules)
        found: dict[str, Any] = {name: _rows(thing, source) for name, thing in EVERY.items()}
        block = Block(None, tuple(source.calendar.months))
        for family in FAMILIES:
            found[f"family {family.name}"] = merge(family.read(source, block))
    return found


@pytest.mark.postgresql
def test_postgresql_says_what_sqlite_says(postgresql_operational: sa.Engine) -> None:
    with postgresql_operational.begin() as connection:
        # Triggers would stamp the rows with the time of this test.
        connection.exec_driver_sql("SET session_replication_role = replica")
        write(connection, DISTRICT.rows)
    left, right = said(postgresql_operational), said(new_source(DISTRICT.rows))
    assert {name: (left[name], right[name]) for name in right if left[name] != right[name]} == {}
    filled = {name for name, found in right.items() if found}
    assert {"member_structure", "activities_by_type", "step_board", "platform", "transfer_days"} <= filled
