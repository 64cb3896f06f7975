"""The mark a synthetic district carries, so that it is known as such and nothing real is ever written to."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from data.contract import METADATA, source_systems
from data.demo import unfinished
from data.driver_errors import source_errors
from data.errors import NotEmpty

MARK_ID = 9000
MARK_CODE = "demo"
MARK_NAME = "演示数据（合成）"

s = source_systems.c


def mark(engine: sa.Engine, now: datetime) -> None:
    """Written last, after a complete generation: a database without it is not (wholly) ours."""
    row = {"source_system_id": MARK_ID, "code": MARK_CODE, "name": MARK_NAME, "last_sync_at": now}
    with source_errors(engine), engine.begin() as connection:
        connection.execute(source_systems.insert().values(**row, created_at=now, updated_at=now))


def marked_at(engine: sa.Engine) -> datetime | None:
    """When the demo district in this database was generated; None for anything else. Raises SourceUnreachable."""
    with source_errors(engine), engine.connect() as connection:
        if not sa.inspect(connection).has_table(source_systems.name):
            return None
        statement = sa.select(s.last_sync_at).where(s.source_system_id == MARK_ID, s.code == MARK_CODE)
        found: datetime | None = connection.execute(statement).scalar_one_or_none()
        return found


def refuse_if_foreign(engine: sa.Engine) -> None:
    """NotEmpty when the database holds rows that no complete generation left there. Raises SourceUnreachable."""
    if marked_at(engine) is not None:
        return
    with source_errors(engine), engine.connect() as connection:
        present = set(sa.inspect(connection).get_table_names())
        for name in sorted(present & set(METADATA.tables)):
            rows = connection.execute(
                sa.select(sa.func.count()).select_from(METADATA.tables[name])
            ).scalar_one()
            if rows:
                raise NotEmpty(engine.url, name, rows)
        foreign = sorted(present - {*METADATA.tables, unfinished.NAME})
        if foreign:
            raise NotEmpty(engine.url, foreign[0], 0)
