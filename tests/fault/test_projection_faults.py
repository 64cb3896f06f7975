"""What the projection does when something dies or goes away: the last version stands, and it comes back by itself."""

from __future__ import annotations

import os
import pathlib
import signal
import subprocess
import sys
from datetime import timedelta

import pytest
import sqlalchemy as sa

from data.contract.create import create_tables
from data.engine import open_engine
from data.errors import ProjectionBusy, ReadModelUnreachable, SourceUnreachable
from data.projection.projector import Projector
from data.projection.watch import watch
from data.readmodel.reader import read_version
from data.readmodel.store import prepare
from tests.fault.interrupted import DISTRICT, NOW, Line, Script, clock, edited, rebuilt
from tests.naive.projected import (
    content_differences,
    profile_district,
    projector,
    read_content,
    read_table,
)
from tests.naive.rows import write

ROOT = pathlib.Path(__file__).parents[2]


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
    # A projector that takes over publishes what changed first and reads whole tables for broken rows afterwards.
    waiting.run()
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
