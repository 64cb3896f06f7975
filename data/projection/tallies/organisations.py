"""What there is: organisations by type and sector, venues by kind, rows kept.

``organisations``, now, by town: ``type|<org_type>`` and ``sector|<sector>`` of the grassroots organisations in being.
``venues``, now, by town: ``kind|<venue_kind>`` and of these ``public|<venue_kind>``.
``records``, now, district: ``<table>`` = rows of the newest snapshot of each table of facts.
"""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from data.contract import data_volume_snapshots, venues
from data.projection.source import Source
from data.projection.tallies.kinds import DISTRICT, NOW, SLOWLY, Tally, TallyRow
from data.projection.tallies.places import by_division, by_town, division_towns
from data.projection.tree import COUNTED_TYPES

v, r = venues.c, data_volume_snapshots.c

# Code lists, rules and the snapshots themselves are no records of work.
NO_FACTS = (
    "activity_requirements",
    "activity_types",
    "data_volume_snapshots",
    "development_step_defs",
    "divisions",
    "point_rules",
    "source_systems",
)


def read_organisations(source: Source) -> Iterator[TallyRow]:
    """Counted types of §10 in being today."""
    today = source.calendar.now.date()
    rows = [org for org in source.tree.organisations.values() if org.org_type in COUNTED_TYPES]
    for org in rows:
        if org.active_on(today):
            keys = (f"type|{org.org_type}", f"sector|{org.sector}")
            yield from by_town(source, ((NOW, org.org_id, key, 1.0) for key in keys))


def read_venues(source: Source) -> Iterator[TallyRow]:
    """Venues opened by today (or without a day), by the village or community they lie in, else by their keeper."""
    statement = sa.select(v.venue_kind, v.is_public, v.division_id, v.org_id).where(
        v.deleted_at.is_(None), sa.or_(v.opened_on.is_(None), v.opened_on <= source.calendar.now.date())
    )
    towns = division_towns(source)
    for row in source.rows(statement):
        keys = [f"kind|{row.venue_kind}"] + [f"public|{row.venue_kind}"] * bool(row.is_public)
        if row.division_id in towns or row.org_id not in source.tree.organisations:
            yield from by_division(towns, ((NOW, row.division_id, key, 1.0) for key in keys))
        else:
            yield from by_town(source, ((NOW, row.org_id, key, 1.0) for key in keys))


def read_records(source: Source) -> Iterator[TallyRow]:
    """Row totals of the newest snapshot per table."""
    today = source.calendar.now.date()
    living = sa.and_(r.deleted_at.is_(None), r.snapshot_on <= today, r.table_name.not_in(NO_FACTS))
    newest = (
        sa.select(r.table_name, sa.func.max(r.snapshot_on).label("day"))
        .where(living)
        .group_by(r.table_name)
        .subquery()
    )
    on_the_day = sa.and_(r.table_name == newest.c.table_name, r.snapshot_on == newest.c.day)
    statement = sa.select(r.table_name, r.row_total).select_from(
        data_volume_snapshots.join(newest, on_the_day)
    )
    for row in source.rows(statement.where(living)):
        yield NOW, DISTRICT, row.table_name, row.row_total


TALLIES = (
    Tally("organisations", read_organisations, ("organizations",)),
    Tally("venues", read_venues, ("venues", "divisions", "organizations")),
    Tally("records", read_records, ("data_volume_snapshots",), SLOWLY),
)
