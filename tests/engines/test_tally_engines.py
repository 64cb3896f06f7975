"""Tallies, listings, every family and the rows behind every measure: the same on each server as on SQLite."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import pytest
import sqlalchemy as sa

from dashboard.profile import load_profile
from data.contract import activities
from data.contract.create import drop_triggers
from data.projection.catalogue import FAMILIES
from data.projection.source import Block, Calendar, Source, merge
from data.projection.tallying import EVERY, _rows
from data.projection.trace import connection as connection_module
from data.projection.trace.connection import open_evidence
from data.projection.trace.days import by_day
from data.projection.trace.listing import Cut, listed
from data.projection.trace.tracing import TRACERS, open_source
from data.projection.tree import read_tree
from tests.naive.life import random_district
from tests.naive.projected import new_source
from tests.naive.rows import write

DISTRICT = random_district(5)
LONG = {
    "postgresql": "SELECT pg_sleep(60)",
    "mysql": "SELECT count(*) FROM information_schema.columns a, information_schema.columns b, "
    "information_schema.columns c",
}
EVERY_ROW = Cut(limit=10_000, counted=None)


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


@cache
def embedded() -> sa.Engine:
    return new_source(DISTRICT.rows)


def evidence(engine: sa.Engine) -> dict[str, Any]:
    """Of each measure with a list, in its busiest month: every row with its fate and columns, and its days."""
    month, found = DISTRICT.months[-2], {}
    with open_source(engine, month, DISTRICT.now) as source:
        branches = source.tree.branches
        for measure in TRACERS:
            rows = listed(source, measure, branches, month, EVERY_ROW, rows=True, names=True)
            found[measure] = (replace(rows, read_at=DISTRICT.now), by_day(source, measure, branches, month))
    return found


class SaysTheSame:
    """The suite; a subclass brings the ``operational`` database of a server."""

    @pytest.fixture
    def server(self, operational: sa.Engine) -> sa.Engine:
        # Triggers would stamp the rows with the time of this test.
        drop_triggers(operational)
        with operational.begin() as connection:
            write(connection, DISTRICT.rows)
        return operational

    def test_tallies_listings_and_families(self, server: sa.Engine) -> None:
        left, right = said(server), said(embedded())
        assert {name: (left[name], right[name]) for name in right if left[name] != right[name]} == {}
        filled = {name for name, found in right.items() if found}
        assert {"member_structure", "activities_by_type", "step_board", "platform", "transfer_days"} <= filled

    def test_rows_behind_measures(self, server: sa.Engine) -> None:
        left, right = evidence(server), evidence(embedded())
        assert {name: (left[name], right[name]) for name in right if left[name] != right[name]} == {}
        assert sum(bool(found.rows) for found, _ in right.values()) > 30

    def test_looking_at_evidence_writes_nothing_and_ends_by_itself(
        self, operational: sa.Engine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(connection_module, "STATEMENT_S", 1)
        looking = open_evidence(operational.url.render_as_string(hide_password=False))
        with looking.connect() as connection, pytest.raises(sa.exc.DBAPIError, match=r"(?i)read.only"):
            connection.execute(activities.update().values(status="cancelled"))
        long = LONG["postgresql" if operational.dialect.name == "postgresql" else "mysql"]
        with (
            looking.connect() as connection,
            pytest.raises(sa.exc.DBAPIError, match=r"(?i)timeout|max_statement_time"),
        ):
            connection.exec_driver_sql(long)
        looking.dispose()


@pytest.mark.postgresql
class TestPostgresql(SaysTheSame):
    @pytest.fixture
    def operational(self, postgresql_operational: sa.Engine) -> sa.Engine:
        return postgresql_operational


@pytest.mark.mariadb
class TestMariadb(SaysTheSame):
    @pytest.fixture
    def operational(self, mariadb_operational: sa.Engine) -> sa.Engine:
        return mariadb_operational
