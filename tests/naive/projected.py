"""The real projector over a small database in memory, and its tables as dicts to compare with the naive ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa

from dashboard.profile import load_profile
from data.contract.create import create_tables
from data.projection.projector import District, Projector
from data.readmodel import schema
from data.readmodel.store import prepare
from tests.naive.rows import Row, Rows, write

# What the read model says of itself, not of the district: it differs between an update and a rebuild.
BOOKKEEPING = ("versions", "sources", "feeds", "leases", "recent_rows")
# Tallies and listings may wait for their turn, and a warning of a light remembers when it was first seen: both
# have tests of their own.
LATER = ("tallies", "listings", "org_warnings")
CONTENT = tuple(name for name in schema.METADATA.tables if name not in (*BOOKKEEPING, *LATER))
TOLERANCE = 1e-6

Key = tuple[Any, ...]
Table = dict[Key, Mapping[str, Any]]


def profile_district(**changed: Any) -> District:
    """The 海曙 profile as the projector takes it."""
    profile = load_profile("haishu")
    values = {
        "slug": "haishu",
        "scheme": profile.scheme,
        "catalogue": profile.catalogue,
        "digest": profile.digest,
    }
    return District(**{**values, **changed})


def in_memory(prepared: bytes | None = None) -> sa.Engine:
    """A SQLite database in memory, empty or a copy of a prepared one."""
    engine = sa.create_engine("sqlite://", poolclass=sa.StaticPool)
    if prepared is not None:
        connection = engine.raw_connection()
        connection.driver_connection.deserialize(prepared)  # type: ignore[union-attr]
        connection.close()
    return engine


@cache
def _empty(make: Callable[[sa.Engine], None]) -> bytes:
    """A prepared database: making its tables takes longer than projecting a small district."""
    engine = in_memory()
    make(engine)
    connection = engine.raw_connection()
    found: bytes = connection.driver_connection.serialize()  # type: ignore[union-attr]
    connection.close()
    return found


def new_source(rows: Rows) -> sa.Engine:
    """An operational database that holds these rows; without triggers, so that their times are the rows' own."""
    engine = in_memory(_empty(create_tables))
    with engine.begin() as connection:
        write(connection, rows)
    return engine


def new_store() -> sa.Engine:
    return in_memory(_empty(prepare))


def projector(
    source: sa.Engine, store: sa.Engine, clock: Callable[[], datetime], district: District | None = None
) -> Projector:
    """A projector that holds the lease."""
    found = Projector(source, store, district or profile_district(), clock)
    assert found.lease.acquire()
    return found


def read_table(store: sa.Engine, name: str) -> Table:
    """A table of the read model by primary key."""
    table = schema.METADATA.tables[name]
    keys = [column.name for column in table.primary_key]
    with store.connect() as connection:
        rows = [row._mapping for row in connection.execute(sa.select(table))]
    return {tuple(row[key] for key in keys): dict(row) for row in rows}


def read_content(store: sa.Engine) -> dict[str, Table]:
    return {name: read_table(store, name) for name in CONTENT}


def differences(got: Table, want: Table, columns: Sequence[str] | None = None) -> list[str]:
    """Where two tables differ, readable, empty when they agree within the tolerance."""
    found = [f"{key} only on one side" for key in sorted(set(got) ^ set(want), key=str)]
    for key in sorted(set(got) & set(want), key=str):
        for name in columns if columns is not None else got[key]:
            left, right = got[key][name], want[key].get(name)
            if not same(left, right):
                found.append(f"{key} {name}: {left!r} is not {right!r}")
    return found


def content_differences(store: sa.Engine, other: sa.Engine) -> list[str]:
    """Where two read models differ in what they say of the district."""
    left, right = read_content(store), read_content(other)
    return [f"{name} {line}" for name in CONTENT for line in differences(left[name], right[name])]


def same(left: Any, right: Any) -> bool:
    if isinstance(left, float) and isinstance(right, (int, float)):
        return abs(left - right) <= TOLERANCE
    return bool(left == right)


def change(engine: sa.Engine, table: sa.Table, where: sa.ColumnElement[bool], **values: Any) -> None:
    """Update rows of a source without triggers; the caller names the change time."""
    with engine.begin() as connection:
        connection.execute(table.update().where(where).values(**values))


def insert(engine: sa.Engine, name: str, *rows: Row) -> None:
    with engine.begin() as connection:
        write(connection, {name: list(rows)})
