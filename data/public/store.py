"""Opening the public store for the publisher: its schema and tables are made where they are missing."""

from __future__ import annotations

import sqlalchemy as sa

from data.driver_errors import read_model_errors
from data.engine import open_engine
from data.public.schema import METADATA, SCHEMA, SCHEMA_VERSION, versions

# Any number that nobody else takes.
_PUBLISHING = 4_110_918


def open_public_store(url: str) -> sa.Engine:
    """An engine that writes the public store; nothing is connected yet."""
    return with_schema(open_engine(url))


def with_schema(engine: sa.Engine) -> sa.Engine:
    """The engine as the tables want it: SQLite knows no schemas, its file is the store."""
    schemas = {SCHEMA: None} if engine.dialect.name == "sqlite" else {}
    return engine.execution_options(schema_translate_map=schemas)


def prepare_public(engine: sa.Engine) -> None:
    """Make the tables of an empty store; one of another schema version is made anew: its documents are projections.

    Raises ReadModelUnreachable.
    """
    with read_model_errors(engine), engine.begin() as connection:
        lock(connection)
        if engine.dialect.name == "postgresql":
            connection.execute(sa.schema.CreateSchema(SCHEMA, if_not_exists=True))
        if not _is_current(connection):
            METADATA.drop_all(connection)
        METADATA.create_all(connection)


def lock(connection: sa.Connection) -> None:
    """Of two publishers one waits until the other's transaction is over, and then sees what it left."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_PUBLISHING)))


def _is_current(connection: sa.Connection) -> bool:
    schema = SCHEMA if connection.dialect.name == "postgresql" else None
    inspector = sa.inspect(connection)
    for table in METADATA.tables.values():
        if not inspector.has_table(table.name, schema=schema):
            return False
        if {c["name"] for c in inspector.get_columns(table.name, schema=schema)} != {c.name for c in table.c}:
            return False
    found = connection.execute(sa.select(versions.c.schema_version)).scalar_one_or_none()
    return found in (None, SCHEMA_VERSION)
