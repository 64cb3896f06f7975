"""How the wall is fed: operational tables and how far they are read, rows set aside, versions and what they cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from data.queries.leadership.town_tallies import DISTRICT
from data.readmodel.scoped import ScopedReader

VERSIONS, MONTHS = 60, 13


@dataclass(frozen=True)
class SourceTable:
    """One operational table: newest change read, when it was read last, rows of its newest snapshot."""

    name: str
    connected: bool
    changed_at: datetime | None
    read_at: datetime | None
    rows: float | None


@dataclass(frozen=True)
class SetAside:
    """Rows of one table no figure counts, for one reason; ``samples`` are primary keys."""

    table: str
    reason: str
    rows: int
    samples: str


@dataclass(frozen=True)
class Published:
    """One version: cells that changed, how long counting took, statements and rows of the operational database."""

    number: int
    at: datetime
    as_of: datetime | None
    cells: int
    seconds: float
    statements: int
    rows: int


@dataclass(frozen=True)
class MonthState:
    """One month: open, closed or published; ``edition`` counts its publications."""

    month: str
    status: str
    published_at: datetime | None
    edition: int


@dataclass(frozen=True)
class Operation:
    """Tables by name, reasons by rows, versions newest first (60 at most), months newest first (13 at most)."""

    tables: tuple[SourceTable, ...]
    set_aside: tuple[SetAside, ...]
    versions: tuple[Published, ...]
    months: tuple[MonthState, ...]


def load(reader: ScopedReader) -> Operation:
    """Of the whole district. Raises OutOfScope for a viewer of less."""
    q, v, m = reader.quarantine.c, reader.versions.c, reader.months.c
    aside = sa.select(q.table_name, q.reason, q.rows, q.sample_keys).order_by(q.rows.desc(), q.table_name)
    newest = (
        sa.select(
            v.version,
            v.published_at,
            v.as_of,
            v.changed_cells,
            sa.cast(v.duration_ms, sa.Double) / 1000,
            v.statements,
            v.rows_read,
        )
        .order_by(v.version.desc())
        .limit(VERSIONS)
    )
    months = (
        sa.select(m.period_month, m.status, m.published_at, m.version_no)
        .order_by(m.period_month.desc())
        .limit(MONTHS)
    )
    return Operation(
        _tables(reader),
        tuple(SetAside(*row) for row in reader.rows(aside)),
        tuple(Published(*row) for row in reader.rows(newest)),
        tuple(MonthState(*row) for row in reader.rows(months)),
    )


def _tables(reader: ScopedReader) -> tuple[SourceTable, ...]:
    s = reader.sources.c
    query = sa.select(s.table_name, s.connected, s.watermark, s.read_at).order_by(s.table_name)
    kept = _rows_kept(reader)
    return tuple(
        SourceTable(name, bool(connected), changed, read, kept.get(name))
        for name, connected, changed, read in reader.rows(query)
    )


def _rows_kept(reader: ScopedReader) -> Mapping[str, float]:
    t = reader.tallies.c
    query = sa.select(t.key, t.value).where(t.tally == "records", t.town_id == DISTRICT)
    return {row.key: row.value for row in reader.rows(query)}
