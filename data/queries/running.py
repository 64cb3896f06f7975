"""How the read model is kept up, in numbers for who watches over the servers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from data.readmodel.reader import Reader
from data.readmodel.schema import quarantine, sources, versions


@dataclass(frozen=True)
class Running:
    """The newest version and what it cost; ``checked_at`` None while the source was never reached."""

    version: int
    published_at: datetime
    as_of: datetime | None
    feed: str
    checked_at: datetime | None
    cells: int
    seconds: float
    statements: int
    rows_read: int
    set_aside: int
    connected: int
    missing: int


def load(reader: Reader) -> Running:
    """Of the newest version."""
    v = versions.c
    cost = reader.connection.execute(
        sa.select(v.changed_cells, v.duration_ms, v.statements, v.rows_read).where(
            v.version == reader.version.number
        )
    ).one()
    aside = reader.connection.execute(sa.select(sa.func.coalesce(sa.func.sum(quarantine.c.rows), 0)))
    by_state = sa.select(sources.c.connected, sa.func.count()).group_by(sources.c.connected)
    tables = {bool(row[0]): int(row[1]) for row in reader.connection.execute(by_state)}
    return Running(
        reader.version.number,
        reader.version.published_at,
        reader.version.as_of,
        reader.feed.state,
        reader.feed.checked_at,
        cost.changed_cells,
        cost.duration_ms / 1000,
        cost.statements,
        cost.rows_read,
        int(aside.scalar_one()),
        tables.get(True, 0),
        tables.get(False, 0),
    )
