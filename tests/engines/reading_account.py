"""An account that may SELECT and nothing else, as a district hands it out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import sqlalchemy as sa

from data.engine import MYSQL_KINDS, open_existing


@contextmanager
def reading_account(engine: sa.Engine, name: str, tables: Sequence[str]) -> Iterator[sa.Engine]:
    """The database for a new account that may only SELECT from these tables or views."""
    mysql = engine.dialect.name in MYSQL_KINDS
    who = f"{name}@'127.0.0.1'" if mysql else name
    make = [f"CREATE USER {who}"] if mysql else [f"CREATE ROLE {name} LOGIN"]
    drop = f"DROP USER {who}" if mysql else f"DROP OWNED BY {name}; DROP ROLE {name}"
    with engine.begin() as connection:
        for statement in (*make, *(f"GRANT SELECT ON {table} TO {who}" for table in tables)):
            connection.exec_driver_sql(statement)
    reader = open_existing(engine.url.set(username=name).render_as_string(hide_password=False))
    yield reader
    reader.dispose()
    with engine.begin() as connection:
        connection.exec_driver_sql(drop)
