"""Opening the accounts database: made where it is missing, never emptied, closed to other users of the machine."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from data.accounts.schema import METADATA
from data.driver_errors import accounts_errors
from data.engine import open_engine

# Any number that nobody else takes: one process makes the tables, the others wait.
_MAKING = 4_110_917
# Walls ask it several times a second: a server that is gone must not hold their requests, and with them all threads.
_PATIENCE_S = 3


def open_accounts(url: str) -> sa.Engine:
    """An engine over the accounts with their tables made (SQLite with write-ahead log, or PostgreSQL).

    Raises AccountsUnreachable. An embedded file is readable by its owner only.
    """
    parsed = sa.make_url(url)
    engine = open_engine(url, patience_s=_PATIENCE_S)
    if parsed.get_backend_name() == "sqlite" and parsed.database not in (None, "", ":memory:"):
        Path(str(parsed.database)).touch(mode=0o600)
    make_tables(engine, METADATA)
    return engine


def make_tables(engine: sa.Engine, metadata: sa.MetaData) -> None:
    """Make the tables that are missing, one process at a time. Raises AccountsUnreachable."""
    with accounts_errors(engine), engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_MAKING)))
        metadata.create_all(connection)
