"""Opening the read model: engine settings per kind of store, and its schema made or refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy as sa

from data.errors import ReadModelNewer
from data.readmodel.schema import METADATA, SCHEMA_VERSION, versions


def open_engine(url: str) -> sa.Engine:
    """An engine for an operational database or a read model; SQLite in WAL mode, waiting for writers."""
    parsed = sa.make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return sa.create_engine(parsed, pool_pre_ping=True)
    make_folder(url)
    engine = sa.create_engine(parsed, connect_args={"timeout": 30})
    sa.event.listen(engine, "connect", _tune_sqlite)
    return engine


def make_folder(url: str) -> None:
    """The folder of an embedded database; nothing for a server."""
    parsed = sa.make_url(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)


def _tune_sqlite(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    # 64 MB of pages: a rebuild reads every fact once through its index.
    cursor.execute("PRAGMA cache_size=-65536")
    cursor.close()


def prepare(engine: sa.Engine) -> None:
    """Make the tables of an empty store; a store of an older schema is emptied, a newer one refused.

    Raises ReadModelNewer. What is emptied is a projection and is rebuilt from the source.
    """
    inspector = sa.inspect(engine)
    if inspector.has_table("versions"):
        found = _schema_version(engine)
        if found is not None and found > SCHEMA_VERSION:
            raise ReadModelNewer(found, SCHEMA_VERSION)
        if found is not None and (found < SCHEMA_VERSION or not _complete(inspector)):
            METADATA.drop_all(engine)
    METADATA.create_all(engine)


def _schema_version(engine: sa.Engine) -> int | None:
    with engine.connect() as connection:
        found: int | None = connection.execute(sa.select(sa.func.max(versions.c.schema_version))).scalar_one()
        return found


def _complete(inspector: sa.Inspector) -> bool:
    """Whether every table has the columns this program writes."""
    for table in METADATA.tables.values():
        if not inspector.has_table(table.name):
            return False
        if {c["name"] for c in inspector.get_columns(table.name)} != {c.name for c in table.c}:
            return False
    return True
