"""A read model of a few hand-written rows, for tests that compare a query with a sum done by head."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from data.readmodel import schema
from data.readmodel.reader import Reader, open_reader

ROOT = 1
OPEN_MONTH = "2026-11"
NOW = datetime(2026, 11, 21, 14, 32)

Rows = list[dict[str, Any]]


def node(org_id: int, **columns: Any) -> dict[str, Any]:
    """An organisation; a branch of the root unless told otherwise."""
    row = {
        "org_id": org_id, "parent_org_id": ROOT, "name": f"组织{org_id}", "short_name": f"组织{org_id}",
        "org_code": str(org_id), "org_type": "branch", "sector": "village", "town_id": None, "lng": None,
        "lat": None, "is_public": True, "established_on": None, "dissolved_on": None, "depth": 1,
        "position": org_id, "subtree_end": org_id + 1,
    }  # fmt: skip
    return {**row, **columns}


def town(town_id: int, name: str) -> dict[str, Any]:
    """A town without villages."""
    code = f"330203{town_id:03d}"
    return {
        "town_id": town_id, "code": code, "name": name, "kind": "town", "lng": None, "lat": None,
        "villages": 0, "communities": 0,
    }  # fmt: skip


@contextmanager
def reader_of(**tables: Rows) -> Iterator[Reader]:
    """A reader of a read model that holds the root, version 7 and these rows."""
    engine = sa.create_engine("sqlite://")
    try:
        schema.METADATA.create_all(engine)
        with engine.begin() as connection:
            _fill(connection, tables)
        with open_reader(engine) as reader:
            yield reader
    finally:
        engine.dispose()


def _fill(connection: sa.Connection, tables: dict[str, Rows]) -> None:
    version = {
        "version": 7, "published_at": NOW, "as_of": NOW, "checked_at": NOW, "open_month": OPEN_MONTH,
        "district": "haishu", "schema_version": schema.SCHEMA_VERSION, "profile_digest": "0", "boot_id": "b",
        "is_demo": True, "changed_cells": 0, "duration_ms": 0, "statements": 0, "rows_read": 0,
    }  # fmt: skip
    root = node(ROOT, parent_org_id=None, org_type="district_committee", depth=0)
    connection.execute(sa.insert(schema.versions), [version])
    connection.execute(sa.insert(schema.nodes), [root, *tables.pop("nodes", [])])
    for name, rows in tables.items():
        for row in rows:
            connection.execute(sa.insert(schema.METADATA.tables[name]), row)
