"""Fills an operational database with one synthetic district: the same seed and moment give the same rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import sqlalchemy as sa

from data.contract import METADATA
from data.contract.create import add_triggers, create_indexes, create_tables
from data.demo.bulk import BulkWriter, bulk_engine
from data.demo.dues import Dues
from data.demo.ids import Ids
from data.demo.life import Life, World
from data.demo.life_plan import build_life_plan
from data.demo.offices import build_offices, write_offices
from data.demo.people import build_people, build_roster
from data.demo.people_rows import write_people
from data.demo.places import around_centres
from data.demo.points import Ledger, write_rules
from data.demo.registry import build_registry, write_registry
from data.demo.spec import DistrictSpec
from data.demo.timeline import timeline
from data.errors import NotEmpty

Progress = Callable[[str, int, int], None]


def generate(
    engine: sa.Engine,
    spec: DistrictSpec,
    *,
    now: datetime,
    seed: int = 20190701,
    on_progress: Progress = lambda name, done, total: None,
    force: bool = False,
) -> dict[str, int]:
    """Create the contract's tables where missing, fill them and return the rows per table.

    ``on_progress(step, done, total)`` is called with done rising to total. ``now`` is Asia/Shanghai without
    zone. NotEmpty when any table already holds rows and ``force`` is not given.
    """
    _prepare(engine, force)
    with BulkWriter(engine) as writer:
        world = _world(writer, spec, now, seed)
        _write(world, on_progress)
    quick = bulk_engine(engine)
    create_indexes(quick, lambda name, done, total: on_progress("indexes", done, total))
    quick.dispose()
    add_triggers(engine)
    return dict(writer.rows)


def _prepare(engine: sa.Engine, force: bool) -> None:
    """Empty tables without indexes and triggers; NotEmpty when rows are there and must stay."""
    present = set(sa.inspect(engine).get_table_names()) & set(METADATA.tables)
    with engine.connect() as connection:
        for name in sorted(present):
            rows = connection.scalar(sa.select(sa.func.count()).select_from(METADATA.tables[name]))
            if rows and not force:
                raise NotEmpty(engine.url, name, rows)
    if present:
        METADATA.drop_all(engine)
    create_tables(engine, indexes=False)


def _world(writer: BulkWriter, spec: DistrictSpec, now: datetime, seed: int) -> World:
    time, ids = timeline(now, spec.months, seed), Ids()
    registry = build_registry(spec, time)
    people = build_people(registry, time)
    roster = build_roster(registry, people)
    offices = build_offices(registry, people, roster, time)
    plan = build_life_plan(registry, offices, time)
    return World(registry, people, roster, offices, plan, time, writer, ids, Ledger(writer, ids, time))


def _write(world: World, on_progress: Progress) -> None:
    writer, time = world.writer, world.time
    write_registry(writer, world.registry, time, around_centres)
    write_people(writer, world.people, world.roster, world.registry, time)
    write_offices(writer, world.registry, world.people, world.offices, time)
    write_rules(writer, time)
    life, dues = Life(world), Dues(world)
    for month in range(len(time.months)):
        life.write_month(month)
        dues.write_month(month)
        on_progress("months", month + 1, len(time.months))
