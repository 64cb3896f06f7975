"""A table that is missing or goes away: what needs it is not known, never 0, and everything else goes on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from data.errors import ContractBroken
from data.projection.catalogue import FAMILIES
from data.projection.watch import watch
from data.readmodel.measures import MEASURES
from data.readmodel.reader import read_version
from data.readmodel.results import Light
from tests.fault.interrupted import DISTRICT, NOW, Script, clock, rebuilt
from tests.naive.projected import Table, projector, read_content, read_table

FAMILIES_OF: dict[str, tuple[str, ...]] = {
    "activities": ("activities", "groups", "attendance", "rhythm", "secretaries"),
    "attendances": ("attendance", "secretaries"),
    "dues_payments": ("dues", "balance"),
    "dues_ledger_entries": ("ledger", "balance"),
    "transfer_steps": ("transfers",),
    "org_terms": ("terms",),
    "appraisals": ("appraisals", "dispositions"),
    "posts": ("posts", "platform"),
    "floating_reports": ("floating",),
}
LIGHTS_OF = {
    "activities": "hs_b_life_gap_light",
    "attendances": "hs_b_attendance_rate_light",
    "dues_payments": "hs_b_dues_collection_light",
    "transfer_steps": "hs_b_transfer_light",
    "org_terms": "hs_b_term_light",
    "appraisals": "hs_b_life_meeting_light",
    "floating_reports": "hs_b_floating_light",
}


def drop(source: sa.Engine, name: str) -> None:
    with source.begin() as connection:
        connection.exec_driver_sql(f"DROP TABLE {name}")


def of_months(table: Table) -> Table:
    return {key: row for key, row in table.items() if key[1] in DISTRICT.months}


@pytest.mark.parametrize("name", FAMILIES_OF)
def test_a_missing_table_silences_its_families_and_no_other(
    source: sa.Engine, store: sa.Engine, name: str
) -> None:
    whole = read_table(rebuilt(source), "branch_months")
    drop(source, name)
    projector(source, store, clock).run()
    # Without activities nothing tells where the data start: all months of the history are shown.
    found = of_months(read_table(store, "branch_months"))
    assert set(found) == set(whole)
    # What merely looks into the table counts without it, and what follows from measures follows.
    looking = {family.name for family in FAMILIES if name in family.optional}
    concerned = {*FAMILIES_OF[name], *looking, "derived", "institutions"}
    others = [m.name for m in MEASURES if m.family not in concerned]
    for key, row in found.items():
        assert [row[measure] for measure in others] == [whole[key][measure] for measure in others]
        # Not connected is not 0: nothing was counted.
        assert {row[m.name] for m in MEASURES if m.family in FAMILIES_OF[name]} == {None}
    lights = {
        row[LIGHTS_OF[name]]
        for row in of_months(read_table(store, "branch_results")).values()
        if name in LIGHTS_OF
    }
    assert lights <= {Light.NA, Light.NODATA}


@pytest.mark.parametrize("is_restarted", [False, True], ids=["running", "restarted"])
def test_a_table_that_goes_away_and_comes_back_is_noticed_with_and_without_a_restart(
    source: sa.Engine, store: sa.Engine, is_restarted: bool
) -> None:
    moment = [NOW]
    running = projector(source, store, lambda: moment[0])
    running.run()
    before = read_table(store, "branch_months")
    with source.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE dues_obligations RENAME TO away")
    moment[0] += timedelta(minutes=6)
    running.run()
    for table in ("branch_months", "org_months", "town_months"):
        assert {row["dues_owed"] for row in read_table(store, table).values()} == {None}
    with source.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE away RENAME TO dues_obligations")
    moment[0] += timedelta(minutes=6)
    if is_restarted:
        running.lease.release()
        running = projector(source, store, lambda: moment[0])
    running.run()
    after = read_table(store, "branch_months")
    assert {key: row["dues_owed"] for key, row in after.items()} == {
        key: row["dues_owed"] for key, row in before.items()
    }


@pytest.mark.parametrize("column", [None, "org_type"])
def test_without_organisations_the_contract_is_broken_and_the_version_stands(
    source: sa.Engine, store: sa.Engine, column: str | None
) -> None:
    first = projector(source, store, clock)
    first.run()
    first.lease.release()
    before = read_content(store)
    with source.begin() as connection:
        if column is None:
            connection.exec_driver_sql("DROP TABLE organizations")
        else:
            connection.exec_driver_sql(f"ALTER TABLE organizations RENAME COLUMN {column} TO gone")
    running: Any = projector(source, store, clock)
    with pytest.raises(ContractBroken) as caught:
        running.run()
    assert (caught.value.table, caught.value.column) == ("organizations", column)
    watch(running, Script(lambda: None))
    assert read_content(store) == before
    assert read_version(store)[1].state == "broken"
