"""Publishing: one transaction writes what differs, the positions and version + 1, or nothing at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from data.indicators.evaluate import Catalogue
from data.projection.lease import Lease
from data.projection.picture import Picture, columns_of
from data.projection.position import LONG_OVERLAP, Position
from data.projection.warning_book import Book
from data.readmodel import schema
from data.readmodel.sheet import Sheet, replace_rows

DENSE = (
    schema.branch_months,
    schema.branch_results,
    schema.committee_months,
    schema.org_months,
    schema.town_months,
)
SMALL = (
    schema.nodes,
    schema.towns,
    schema.org_counts,
    schema.months,
    schema.org_warnings,
    schema.quarantine,
    schema.tallies,
    schema.listings,
    schema.public_places,
)


# A bulk load leaves more rows in the overlap than is worth keeping; a restart then reads them again.
RECENT_ROWS = 100_000


@dataclass(frozen=True)
class Spent:
    """What a version cost: cells counted, seconds until it was written, statements and rows of the source."""

    cells: int
    seconds: float
    statements: int
    rows: int


@dataclass(frozen=True)
class Stamp:
    """What a version says of itself."""

    published_at: datetime
    as_of: datetime | None
    district: str
    profile_digest: str
    boot_id: str
    is_demo: bool
    spent: Spent


def publish(
    store: sa.Engine,
    lease: Lease,
    picture: Picture,
    previous: Picture | None,
    positions: Mapping[str, Position],
    stamp: Stamp,
) -> int | None:
    """Write the picture; returns the new version, or None when it equals the previous one (then only the
    positions, the as-of and the feed advance). Raises ProjectionBusy when the lease was lost."""
    with store.begin() as connection:
        lease.confirm(connection)
        is_new = _write_rows(connection, picture, previous)
        _write_positions(connection, positions)
        write_feed(connection, "ok", stamp.published_at, None)
        newest = connection.execute(sa.select(sa.func.max(schema.versions.c.version))).scalar_one()
        if newest is not None and not is_new:
            same = schema.versions.c.version == newest
            connection.execute(schema.versions.update().where(same).values(as_of=stamp.as_of))
            version = None
        else:
            version = (newest or 0) + 1
            connection.execute(schema.versions.insert().values(**_version_row(version, picture, stamp)))
            # The history of versions is for operators; a month of minutes is enough.
            connection.execute(schema.versions.delete().where(schema.versions.c.version < version - 50_000))
    for position in positions.values():
        position.saved()
    return version


def _write_rows(connection: sa.Connection, picture: Picture, previous: Picture | None) -> bool:
    """Write what differs from the previous picture; returns whether anything did."""
    written = sum(
        picture.sheets[table.name].write(
            connection,
            previous.sheets[table.name] if previous else None,
            picture.differing.get(table.name),
        )
        for table in DENSE
    )
    moved = [
        replace_rows(
            connection,
            table,
            picture.tables[table.name],
            previous.tables[table.name] if previous else None,
        )
        for table in SMALL
        if previous is None or picture.tables[table.name] is not previous.tables[table.name]
    ]
    return bool(written) or any(moved)


def _version_row(version: int, picture: Picture, stamp: Stamp) -> dict[str, object]:
    return {
        "version": version,
        "published_at": stamp.published_at,
        "as_of": stamp.as_of,
        "checked_at": stamp.published_at,
        "open_month": picture.open_month,
        "district": stamp.district,
        "schema_version": schema.SCHEMA_VERSION,
        "profile_digest": stamp.profile_digest,
        "boot_id": stamp.boot_id,
        "is_demo": stamp.is_demo,
        "changed_cells": stamp.spent.cells,
        "duration_ms": round(stamp.spent.seconds * 1000),
        "statements": stamp.spent.statements,
        "rows_read": stamp.spent.rows,
    }


def write_feed(
    connection: sa.Connection, state: str, checked_at: datetime | None, reason: str | None
) -> None:
    """Say whether the source answers; ``checked_at`` None keeps the time it last did."""
    feeds = schema.feeds
    mine = feeds.c.name == "operational"
    values: dict[str, object] = {"state": state, "reason": None if reason is None else reason[:300]}
    if checked_at is not None:
        values["checked_at"] = checked_at
    if (
        connection.execute(feeds.update().where(mine).values(**values)).rowcount == 0
        and checked_at is not None
    ):
        connection.execute(feeds.insert().values(name="operational", **values))


def _write_positions(connection: sa.Connection, positions: Mapping[str, Position]) -> None:
    rows = [
        {
            "table_name": name,
            "watermark": p.watermark,
            "read_at": p.read_at,
            "connected": p.watermark is not None,
        }
        for name, p in positions.items()
    ]
    replace_rows(connection, schema.sources, rows)
    for name, position in positions.items():
        if position.unsaved or position.replaced:
            _write_recent(connection, name, position)


def _write_recent(connection: sa.Connection, table_name: str, position: Position) -> None:
    """Keep the rows of the overlap; of a bulk load only that it happened, its rows may be read again."""
    recent = schema.recent_rows
    of_table = recent.c.table_name == table_name
    if position.replaced:
        connection.execute(recent.delete().where(of_table))
    elif position.read_at is not None:
        old = recent.c.changed_at < position.read_at - LONG_OVERLAP
        connection.execute(recent.delete().where(of_table, old))
        again = sa.and_(of_table, recent.c.row_key == sa.bindparam("k"))
        connection.execute(recent.delete().where(again), [{"k": key} for key in position.unsaved])
    if position.unsaved and len(position.unsaved) <= RECENT_ROWS:
        rows = [
            {"table_name": table_name, "row_key": key, "changed_at": at}
            for key, at in position.unsaved.items()
        ]
        connection.execute(recent.insert(), rows)


def read_picture(
    connection: sa.Connection, catalogue: Catalogue
) -> tuple[Picture, sa.Row[tuple[object, ...]]] | None:
    """The picture last published with its version row, or None for an empty store."""
    newest = sa.select(schema.versions).order_by(schema.versions.c.version.desc()).limit(1)
    row = connection.execute(newest).one_or_none()
    if row is None:
        return None
    columns = columns_of(catalogue)
    sheets = {table.name: Sheet.read(connection, table, columns[table.name]) for table in DENSE}
    tables = {
        table.name: [dict(found._mapping) for found in connection.execute(sa.select(table))]
        for table in SMALL
    }
    return Picture(sheets, tables, row.open_month, book=Book(tables["org_warnings"])), row


def read_positions(connection: sa.Connection) -> dict[str, Position]:
    """Positions as of the last publish with the rows their overlap will bring up again."""
    found = {
        row.table_name: Position(row.watermark, row.read_at)
        for row in connection.execute(sa.select(schema.sources))
    }
    for row in connection.execute(sa.select(schema.recent_rows)):
        found[row.table_name].seen[row.row_key] = row.changed_at
    return found
