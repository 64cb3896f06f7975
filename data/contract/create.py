"""Makes an operational database of the contract: tables, indexes and change triggers, in this order.

A bulk load runs between ``create_tables(engine, indexes=False)`` and ``create_indexes``/``add_triggers``.
Each step may be repeated: what exists is left as it is.
"""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.schema import CreateIndex

from data.contract import METADATA
from data.contract.changes import add_trigger_statements, drop_trigger_statements, shared_statements
from data.contract.indexes import all_indexes
from data.engine import MYSQL_KINDS

_MYSQL_TABLE = {"engine": "InnoDB", "charset": "utf8mb4", "collate": "utf8mb4_bin"}

OnStep = Callable[[str, int, int], None]


def create(engine: sa.Engine) -> None:
    """Tables, indexes and triggers on an empty or partly filled database of SQLite, PostgreSQL or MariaDB/MySQL."""
    create_tables(engine)
    add_triggers(engine)


def create_tables(engine: sa.Engine, *, indexes: bool = True) -> None:
    """All tables with comments and defaults; without indexes for a bulk load."""
    bare = sa.MetaData()
    for table in METADATA.tables.values():
        copy = table.to_metadata(bare)
        copy.indexes.clear()
        if engine.dialect.name in MYSQL_KINDS:
            _for_mysql(copy, engine.dialect.name)
    bare.create_all(engine)
    if indexes:
        create_indexes(engine)


def create_indexes(engine: sa.Engine, on_step: OnStep | None = None) -> None:
    """All indexes of the contract; ``on_step(index name, done, total)`` is called after each."""
    name = engine.dialect.name
    indexes = [index for table in METADATA.tables.values() for index in all_indexes(table, name)]
    present = _index_names(engine) if name in MYSQL_KINDS else frozenset()
    for done, index in enumerate(indexes, start=1):
        if index.name not in present:
            # One by one: what took minutes is kept when the next is interrupted.
            with engine.begin() as connection:
                connection.execute(CreateIndex(index, if_not_exists=name not in MYSQL_KINDS))
        if on_step is not None:
            on_step(str(index.name), done, len(indexes))


def settle(engine: sa.Engine, on_step: OnStep | None = None) -> None:
    """After a bulk load on PostgreSQL: statistics for its planner and the map that lets a covering index do without the
    table. It would come to this by itself in time; until then every reading of the contract's indexes is dear."""
    if engine.dialect.name != "postgresql":
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for done, name in enumerate(METADATA.tables, start=1):
            connection.exec_driver_sql(f'VACUUM (ANALYZE) "{name}"')
            if on_step is not None:
                on_step(name, done, len(METADATA.tables))


def _for_mysql(table: sa.Table, dialect_name: str) -> None:
    """Keys that number themselves, snapshots, and names that compare exactly whatever the server's own default is."""
    for option, value in _MYSQL_TABLE.items():
        table.kwargs[f"{dialect_name}_{option}"] = value
    (key,) = table.primary_key
    if isinstance(key.type, sa.Integer):
        key.server_default, key.autoincrement = None, True


def _index_names(engine: sa.Engine) -> frozenset[str | None]:
    """What is there: MySQL knows no CREATE INDEX IF NOT EXISTS."""
    found = sa.inspect(engine).get_multi_indexes().values()
    return frozenset(index["name"] for of_table in found for index in of_table)


def add_triggers(engine: sa.Engine) -> None:
    """From here on the database itself keeps the change contract (changes.py)."""
    name = engine.dialect.name
    statements = shared_statements(name)
    for table in METADATA.tables.values():
        statements += add_trigger_statements(table, name)
    _run(engine, statements)


def drop_triggers(engine: sa.Engine) -> None:
    """Takes the triggers away, so that a bulk load or a real deletion is possible."""
    name = engine.dialect.name
    present = set(sa.inspect(engine).get_table_names())
    tables = [table for table in METADATA.tables.values() if table.name in present]
    _run(engine, [s for table in tables for s in drop_trigger_statements(table, name)])


def _run(engine: sa.Engine, statements: list[str]) -> None:
    with engine.begin() as connection:
        for statement in statements:
            # text() doubles the percent signs of trigger bodies where the driver would read them.
            connection.execute(sa.text(statement))
