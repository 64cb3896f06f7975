"""Fills an operational database with one synthetic district: the same seed and moment give the same rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

import sqlalchemy as sa

from data.contract import METADATA
from data.contract.create import add_triggers, create_indexes, create_tables, settle
from data.demo import unfinished
from data.demo.appraisal import Appraisals
from data.demo.appraisal_totals import settle_meetings
from data.demo.bulk import BulkWriter, RowSink, bulk_engine
from data.demo.cadres import write_cadres
from data.demo.development import write_development
from data.demo.dues import Dues
from data.demo.floating import write_floating
from data.demo.ids import Ids
from data.demo.ledger import write_ledger
from data.demo.life import Life
from data.demo.life_plan import build_life_plan
from data.demo.lights import branch_lights
from data.demo.member_life import write_follow_up, write_member_life, write_organisation_life
from data.demo.messages import EverydayMessages
from data.demo.mobile_school import write_mobile_school
from data.demo.offices import build_offices, write_offices
from data.demo.people import build_people, build_roster
from data.demo.people_rows import write_people
from data.demo.places import organisation_points
from data.demo.points import RULES_OF_WUJIN, Ledger, write_rules
from data.demo.post_traffic import write_post_traffic
from data.demo.posts import write_posts
from data.demo.registrations import write_registrations
from data.demo.registry import build_registry, write_registry
from data.demo.reorganised_rows import Reorganised, draw_reorganisation
from data.demo.resources import write_resources
from data.demo.service import Service
from data.demo.snapshots import write_snapshots
from data.demo.spec import DistrictSpec
from data.demo.surroundings import write_systems, write_types, write_venues
from data.demo.timeline import DAY, Array, timeline
from data.demo.transfers import Transfers
from data.demo.warnings import floating_lights, transfer_lights, write_warnings
from data.demo.world import World
from data.driver_errors import source_errors
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
    """Make the contract's tables anew, fill them and return the rows per table.

    ``on_progress(step, done, total)`` is called with done rising to total. ``now`` is Asia/Shanghai without
    zone. On a server an interrupted generation of the same district, seed and moment is gone on with unless ``force``.
    NotEmpty when any table already holds other rows and ``force`` is not given; SourceUnreachable when the database
    does not answer or refuses.
    """
    with source_errors(engine):
        goes_on = not force and unfinished.begun_at(engine, spec, seed) == now
        if not goes_on:
            _empty_tables(engine, force)
            unfinished.begin(engine, spec, seed, now)
        there = unfinished.rows_there(engine) if goes_on else {}
        return _fill(engine, spec, now, seed, on_progress, there)


def _empty_tables(engine: sa.Engine, force: bool) -> None:
    _refuse_filled(engine, force)
    # The bulk engine wants the file for itself: no idle connection of the caller may hold its write-ahead log.
    engine.dispose()
    quick = bulk_engine(engine)
    METADATA.drop_all(quick)
    create_tables(quick, indexes=False)
    quick.dispose()


def _fill(
    engine: sa.Engine,
    spec: DistrictSpec,
    now: datetime,
    seed: int,
    on_progress: Progress,
    there: Mapping[str, int],
) -> dict[str, int]:
    engine.dispose()
    with BulkWriter(engine, there) as writer:
        world = build_world(writer, spec, now, seed)
        _write(world, on_progress)
        write_snapshots(writer, world.time, spec.figures.records)
    quick = bulk_engine(engine)
    create_indexes(quick, lambda name, done, total: on_progress("indexes", done, total))
    add_triggers(quick)
    settle(quick, lambda name, done, total: on_progress("statistics", done, total))
    unfinished.end(quick)
    quick.dispose()
    return dict(writer.rows)


def _refuse_filled(engine: sa.Engine, force: bool) -> None:
    """NotEmpty when rows are there and must stay."""
    if force:
        return
    present = set(sa.inspect(engine).get_table_names()) & set(METADATA.tables)
    with engine.connect() as connection:
        for name in sorted(present):
            rows = connection.scalar(sa.select(sa.func.count()).select_from(METADATA.tables[name]))
            if rows:
                raise NotEmpty(engine.url, name, rows)


def build_world(writer: RowSink, spec: DistrictSpec, now: datetime, seed: int) -> World:
    """Draw everything that is decided before the first row is written."""
    time, ids = timeline(now, spec.months, seed), Ids()
    registry = build_registry(spec, time)
    changes = draw_reorganisation(registry, time)
    people = build_people(registry, time)
    roster = build_roster(registry, people)
    offices = build_offices(registry, people, time, changes)
    if len(changes.day):
        writer = Reorganised(writer, registry, changes)
    plan = build_life_plan(registry, offices, time)
    settle_meetings(plan, registry, time)
    return World(
        registry,
        people,
        roster,
        offices,
        plan,
        time,
        writer,
        ids,
        Ledger(writer, ids, time),
        changes,
        spec.everyday_messages,
    )


def _write(world: World, on_progress: Progress) -> None:
    venues = _write_registers(world)
    life, dues, service, appraisals = Life(world, venues), Dues(world), Service(world), Appraisals(world)
    everyday = EverydayMessages(world) if world.everyday_messages else None
    appraisals.write_before()
    for month in range(len(world.time.months)):
        appraisals.write_month(life.write_month(month), month)
        dues.write_month(month)
        service.write_month(month)
        if everyday is not None:
            everyday.write_month(month)
        on_progress("months", month + 1, len(world.time.months))
    steps = Transfers(world).write()
    quarters = write_floating(world)
    write_development(world)
    registrations = write_registrations(world)
    write_mobile_school(world, registrations)
    write_post_traffic(world, write_posts(world), registrations)
    write_cadres(world)
    write_ledger(world, dues.collected)
    write_member_life(world, appraisals.unqualified)
    write_organisation_life(world, venues)
    extra = {
        "hs_b_transfer": transfer_lights(world, steps),
        "hs_b_floating": floating_lights(world, quarters),
    }
    lights = branch_lights(world, extra, (life.required, life.present), (dues.owed, dues.failed))
    write_follow_up(world, lights, write_warnings(world, lights))


def _write_registers(world: World) -> Array:
    """Tables that do not belong to a month; returns the venue of each branch."""
    writer, time = world.writer, world.time
    places = organisation_points(world.registry.tree, time.stream("places"))
    write_registry(writer, world.registry, time, places, world.changes)
    write_people(writer, world.people, world.roster, world.registry, time, world.changes)
    write_offices(writer, world.registry, world.people, world.offices, time, world.changes)
    write_rules(writer, time, RULES_OF_WUJIN if world.registry.tree.spec.scores_200_and_600 else ())
    write_types(writer, (int(time.starts[0]) - 60) * DAY)
    write_systems(world)
    venues = write_venues(world, *places)
    write_resources(world)
    return venues
