"""What the projection does when something dies or goes away: the last version stands, and it comes back by itself."""

from __future__ import annotations

import os
import pathlib
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from data.contract.create import create_tables
from data.engine import open_engine
from data.errors import ContractBroken, ProjectionBusy, ReadModelUnreachable, SourceUnreachable
from data.projection.catalogue import FAMILIES
from data.projection.projector import Projector
from data.projection.watch import watch
from data.readmodel.measures import MEASURES
from data.readmodel.reader import read_version
from data.readmodel.results import Light
from data.readmodel.store import prepare
from tests.naive.edits import EDITS, Living
from tests.naive.life import random_district
from tests.naive.projected import (
    Table,
    content_differences,
    new_source,
    new_store,
    profile_district,
    projector,
    read_content,
    read_table,
)
from tests.naive.rows import write

ROOT = pathlib.Path(__file__).parents[2]
DISTRICT = random_district(7)
NOW = DISTRICT.now


class Line:
    """The way to a database, which can be cut."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine, self.cut = engine, False
        sa.event.listen(engine, "begin", self._begin)

    def _begin(self, connection: sa.Connection) -> None:
        if self.cut:
            raise sa.exc.OperationalError("BEGIN", None, OSError("connection refused"))


class Script(threading.Event):
    """Stands in for the pause of the watch loop: each pause does the next thing, the last one ends the loop."""

    def __init__(self, *steps: Callable[[], object]) -> None:
        super().__init__()
        self.steps = list(steps)

    def wait(self, timeout: float | None = None) -> bool:
        if self.steps:
            self.steps.pop(0)()
        if not self.steps:
            self.set()
        return self.is_set()


def clock() -> datetime:
    return NOW


def edited(source: sa.Engine, times: int = 5) -> None:
    living = Living(source, DISTRICT.chance, NOW, DISTRICT.months)
    for edit in EDITS[:times]:
        edit(living)


def rebuilt(source: sa.Engine) -> sa.Engine:
    store = new_store()
    projector(source, store, clock).run()
    return store


@pytest.fixture
def source() -> sa.Engine:
    return new_source(DISTRICT.rows)


@pytest.fixture
def store() -> sa.Engine:
    return new_store()


def test_a_projector_killed_before_publishing_leaves_the_last_version_and_the_next_takes_over_at_once(
    tmp_path: pathlib.Path,
) -> None:
    urls = [f"sqlite:///{tmp_path / name}.db" for name in ("operational", "readmodel")]
    source, store = (open_engine(url) for url in urls)
    create_tables(source)
    prepare(store)
    with source.begin() as connection:
        write(connection, DISTRICT.rows)
    first = projector(source, store, clock)
    first.run()
    first.lease.release()
    before = read_content(store)
    edited(source)

    command = [sys.executable, "-m", "tests.fault.killed_projector", *urls, NOW.isoformat()]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "counted\n"
        waiting = Projector(source, store, profile_district(), clock)
        assert not waiting.lease.acquire()
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=10)
    assert read_content(store) == before
    assert waiting.lease.acquire()
    assert waiting.run().version == 2
    assert content_differences(store, rebuilt(source)) == []
    for engine in (source, store):
        engine.dispose()


def test_of_two_projectors_exactly_one_publishes(source: sa.Engine, store: sa.Engine) -> None:
    holder = projector(source, store, clock)
    second = Projector(source, store, profile_district(), clock)
    assert not second.lease.acquire()
    with pytest.raises(ProjectionBusy):
        second.run()
    assert read_table(store, "versions") == {}
    assert holder.run().version == 1


def test_a_projector_that_lost_the_lease_publishes_nothing_more(source: sa.Engine, store: sa.Engine) -> None:
    silent = projector(source, store, clock)
    silent.run()
    later = Projector(source, store, profile_district(), lambda: NOW + timedelta(minutes=1))
    assert later.lease.acquire()
    edited(source)
    before = read_content(store)
    with pytest.raises(ProjectionBusy):
        silent.run()
    assert read_content(store) == before
    assert later.run().version == 2


def test_an_unreachable_source_leaves_the_version_standing_says_so_and_recovers(
    source: sa.Engine, store: sa.Engine
) -> None:
    running, line = projector(source, store, clock), Line(source)
    seen: list[tuple[int, str]] = []

    def look() -> None:
        version, feed = read_version(store)
        seen.append((version.number, feed.state))

    def cut(is_cut: bool) -> None:
        line.cut = is_cut

    def mend() -> None:
        cut(False)
        edited(source)

    watch(running, Script(look, lambda: cut(True), look, mend, look))
    assert seen == [(1, "ok"), (1, "unreachable"), (2, "ok")]
    # Broken rows are looked for again after ten minutes only.
    differing = [
        line for line in content_differences(store, rebuilt(source)) if not line.startswith("quarantine ")
    ]
    assert differing == []


def test_an_unreachable_source_raises_a_named_error_without_the_driver(
    source: sa.Engine, store: sa.Engine
) -> None:
    running = projector(source, store, clock)
    Line(source).cut = True
    with pytest.raises(SourceUnreachable, match="connection refused"):
        running.run()


def test_an_unreachable_store_is_waited_for(source: sa.Engine, store: sa.Engine) -> None:
    running, line = projector(source, store, clock), Line(store)
    running.run()
    line.cut = True
    with pytest.raises(ReadModelUnreachable):
        running.lease.acquire()
    with pytest.raises(ReadModelUnreachable):
        running.run()

    def mend() -> None:
        line.cut = False
        edited(source)

    # The first run after the cut publishes what changed, the second looks for broken rows.
    watch(running, Script(mend, lambda: None, lambda: None))
    assert read_version(store)[0].number > 1
    assert content_differences(store, rebuilt(source)) == []


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
