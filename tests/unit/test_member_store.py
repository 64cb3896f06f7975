"""The restricted store: written for closed months only, by key and number, out of reach of every screen."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from dashboard.profile import load_profile
from data.clock import add_months
from data.contract import METADATA as CONTRACT
from data.engine import open_engine
from data.projection.member_reports import write_closed_months
from data.readmodel import member_store, schema
from data.readmodel.light import Light
from data.readmodel.member_store import member_keys, member_months, member_results, open_members
from data.readmodel.viewer import open_viewer
from tests.naive.life import random_district
from tests.naive.projected import in_memory, new_source, new_store, projector, read_table

CATALOGUE = load_profile("haishu").catalogue


def months_in(store: sa.Engine, table: sa.Table) -> list[str]:
    with store.connect() as connection:
        return sorted(connection.scalars(sa.select(table.c.period_month).distinct()))


def test_closed_months_are_written_once_and_again_only_when_they_are_named() -> None:
    district = random_district(11)
    source, store = new_source(district.rows), in_memory()
    closed = district.months[:-1]
    assert write_closed_months(source, store, CATALOGUE, district.now) == closed
    assert months_in(store, member_months) == closed
    assert months_in(store, member_results) == closed[-2:]
    assert write_closed_months(source, store, CATALOGUE, district.now) == []
    assert write_closed_months(source, store, CATALOGUE, district.now, again=closed[-1:]) == closed[-1:]
    # A month later one month more is closed, and single indicators stay for two.
    later = district.now + timedelta(days=31)
    assert write_closed_months(source, store, CATALOGUE, later) == [district.months[-1]]
    assert months_in(store, member_results) == district.months[-2:]


def test_what_is_older_than_thirteen_months_is_dropped() -> None:
    district = random_district(5)
    source, store = new_source(district.rows), in_memory()
    write_closed_months(source, store, CATALOGUE, district.now)
    later = datetime.fromisoformat(f"{add_months(district.months[0], 16)}-09 10:00")
    write_closed_months(source, store, CATALOGUE, later)
    assert months_in(store, member_months) == [add_months(district.months[0], n) for n in range(3, 16)]


def test_lights_of_members_add_up_to_the_counts_every_screen_sees() -> None:
    district = random_district(23)
    source, store, members = new_source(district.rows), new_store(), in_memory()
    projector(source, store, lambda: district.now).run()
    write_closed_months(source, members, CATALOGUE, district.now)
    counts: dict[tuple[int, str], int] = {}
    with members.connect() as connection:
        for row in connection.execute(sa.select(member_months).where(member_months.c.light == Light.YELLOW)):
            key = (row.branch_org_id, row.period_month)
            counts[key] = counts.get(key, 0) + 1
    seen = read_table(store, "branch_months")
    closed = {key: row["yellow_members"] for key, row in seen.items() if key[1] != district.months[-1]}
    assert sum(counts.values()) > 0
    assert {key: n for key, n in closed.items() if n} == counts


def test_members_stand_by_key_and_number_and_no_screen_can_see_them(tmp_path: Path) -> None:
    district = random_district(11)
    source = new_source(district.rows)
    public, restricted = (f"sqlite:///{tmp_path / name}.db" for name in ("readmodel", "members"))
    schema.METADATA.create_all(open_engine(public))
    write_closed_months(source, open_engine(restricted), CATALOGUE, district.now)
    assert not set(schema.METADATA.tables) & set(member_store.METADATA.tables)
    with open_viewer(public).connect() as connection:
        assert not set(sa.inspect(connection).get_table_names()) & set(member_store.METADATA.tables)
        with pytest.raises(sa.exc.OperationalError):
            connection.execute(sa.select(member_months))
    personal = {c.name for t in CONTRACT.tables.values() for c in t.c if c.info.get("personal")}
    columns = {c.name for t in member_store.METADATA.tables.values() for c in t.c}
    assert columns & personal == {"member_id", "member_no"}
    with open_members(restricted).connect() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(member_keys)).scalar_one() > 0
        with pytest.raises(sa.exc.OperationalError):
            connection.execute(member_keys.delete())
