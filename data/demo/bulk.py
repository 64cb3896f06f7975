"""Bulk writing of column arrays in one thread: through Arrow and ADBC as SQLite statements or PostgreSQL COPY, on
MariaDB and MySQL as INSERT statements of many rows."""

from __future__ import annotations

import queue
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Protocol

import adbc_driver_manager.dbapi as driver
import adbc_driver_postgresql.dbapi as postgresql_driver
import adbc_driver_sqlite.dbapi as sqlite_driver
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import sqlalchemy as sa

from data.contract import METADATA
from data.driver_errors import reason_of
from data.engine import MYSQL_KINDS, open_engine
from data.errors import SourceUnreachable

Columns = Mapping[str, Any]


class RowSink(Protocol):
    """Takes rows of one table as equally long columns."""

    def put(self, table: str, columns: Columns) -> None:
        """Take rows; the arrays must not be changed afterwards."""


# Rows that are Python objects at one time on their way to MySQL.
_ROWS_AT_ONCE = 20_000
_TAIL = ("created_at", "updated_at")
NULL_DAY = -(10**9)


def _arrow(values: Any, type_: Any, rows: int) -> pa.Array:
    """Any column value as Arrow: seconds and day numbers become times, negative keys and NaN become null."""
    if isinstance(values, pa.Array):
        return values
    if values is None or isinstance(values, (str, int, float, bool)):
        values = np.full(rows, values, dtype=object if values is None or isinstance(values, str) else None)
    array = np.asarray(values)
    if isinstance(type_, (sa.DateTime, sa.Date)):
        if isinstance(type_, sa.DateTime):
            return pa.array(array.astype("int64").view("datetime64[s]"), mask=array < 0)
        return pa.array(array.astype("int64").view("datetime64[D]"), mask=array <= NULL_DAY)
    if array.dtype == object:
        return pa.array(array, pa.string() if isinstance(type_, sa.String) else None)
    if isinstance(type_, (sa.Integer, sa.Boolean)) and array.dtype != bool:
        return pa.array(array, mask=array < 0)
    return pa.array(array, from_pandas=True)


def _sqlite(array: pa.Array, type_: Any) -> pa.Array:
    """The storage SQLAlchemy itself would write: ISO text, 0/1, REAL."""
    if isinstance(type_, sa.DateTime):
        return array.cast(pa.timestamp("us")).cast(pa.string())
    if isinstance(type_, (sa.Date, sa.String)):
        return (
            array.cast(pa.date32()).cast(pa.string())
            if isinstance(type_, sa.Date)
            else array.cast(pa.string())
        )
    if isinstance(type_, sa.Numeric):
        return array.cast(pa.float64())
    return array.cast(pa.int64())


def _typed(array: pa.Array, type_: Any) -> pa.Array:
    """Exactly the column's type: binary COPY converts nothing."""
    if isinstance(type_, sa.DateTime):
        return array.cast(pa.timestamp("us"))
    if isinstance(type_, sa.Date):
        return array.cast(pa.date32())
    if isinstance(type_, sa.Boolean):
        return array.cast(pa.bool_())
    if isinstance(type_, sa.Numeric):
        scale = type_.scale or 0
        return pc.round(array.cast(pa.float64()), scale).cast(pa.decimal128(28, scale), safe=False)
    if isinstance(type_, sa.SmallInteger):
        return array.cast(pa.int16())
    if isinstance(type_, sa.BigInteger):
        return array.cast(pa.int64())
    if isinstance(type_, sa.Integer):
        return array.cast(pa.int32())
    return array.cast(pa.string())


def coded(codes: Any, names: Any) -> pa.Array:
    """Texts by number; a negative code is NULL."""
    codes = np.asarray(codes)
    return pa.DictionaryArray.from_arrays(
        pa.array(codes.astype("int32"), mask=codes < 0), pa.array(list(names), pa.string())
    )


def encode(table: sa.Table, columns: Columns, dialect: str) -> pa.Table:
    """Arrow table in the dialect's storage types; created_at and updated_at default to recorded_at.

    Integers below zero and times before 1970 mean NULL. KeyError when a needed column is missing.
    """
    rows = max(len(v) for v in columns.values() if hasattr(v, "__len__") and not isinstance(v, str))
    convert = _sqlite if dialect == "sqlite" else _typed
    built: dict[str, pa.Array] = {}
    made: dict[int, pa.Array] = {}
    for column in table.columns:
        source = column.name
        if source in _TAIL and source not in columns:
            source = "created_at" if "created_at" in columns else "recorded_at"
        if source not in columns:
            if not column.nullable:
                raise KeyError(f"{table.name}.{column.name}")
            continue
        value = columns[source]
        key = id(value)
        if source in (*_TAIL, "recorded_at") and key in made:
            built[column.name] = made[key]
            continue
        built[column.name] = convert(_arrow(value, column.type, rows), column.type)
        made[key] = built[column.name]
    return pa.table(built)


def adbc_connection(engine: sa.Engine) -> Any:
    """A DB-API connection of the ADBC driver to the engine's database."""
    if engine.dialect.name == "sqlite":
        return sqlite_driver.connect(engine.url.database or "", autocommit=True)
    url = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    return postgresql_driver.connect(url, autocommit=True)


_PRAGMAS = (
    "PRAGMA journal_mode=OFF",
    "PRAGMA synchronous=OFF",
    "PRAGMA cache_size=-200000",
    "PRAGMA locking_mode=EXCLUSIVE",
)


def bulk_engine(engine: sa.Engine) -> sa.Engine:
    """An engine for index builds: on SQLite without journal and with sorting in memory on two threads."""
    if engine.dialect.name != "sqlite":
        return open_engine(engine.url.render_as_string(hide_password=False))
    quick = sa.create_engine(engine.url)

    @sa.event.listens_for(quick, "connect")
    def _tune(connection: Any, record: Any) -> None:
        for pragma in (*_PRAGMAS, "PRAGMA temp_store=MEMORY", "PRAGMA threads=2"):
            connection.execute(pragma)

    return quick


class BulkWriter:
    """Takes column arrays and writes them in order in its own thread; Arrow and SQLite free the interpreter.

    Use as a context manager: leaving it waits for the last row; a failed write is raised at the next ``put``
    or on leaving, the driver's as SourceUnreachable. SQLite gets one transaction for everything, a server one for
    each ``put``: a table then holds the beginning of what it gets. ``there`` are rows per table that an interrupted
    writing of the same rows left; they are passed over.
    """

    def __init__(self, engine: sa.Engine, there: Mapping[str, int] | None = None, depth: int = 6) -> None:
        self.rows: Counter[str] = Counter()
        self._there = Counter(there or {})
        self._engine = engine
        self._queue: queue.Queue[tuple[sa.Table, Columns] | None] = queue.Queue(depth)
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._write_all, name="bulk-writer", daemon=True)

    def __enter__(self) -> BulkWriter:
        self._thread.start()
        return self

    def __exit__(self, kind: Any, value: Any, trace: Any) -> None:
        self._queue.put(None)
        self._thread.join()
        if self._error and kind is None:
            raise self._error

    def put(self, table: str, columns: Columns) -> None:
        """Queue rows of one table; arrays must not be changed afterwards."""
        if self._error:
            raise self._error
        known = METADATA.tables[table]
        rows = len(columns[_key(known)])
        if rows:
            self.rows[table] += rows
            self._queue.put((known, columns))

    def _write_all(self) -> None:
        try:
            self._write()
        except driver.Error as error:
            self._error = SourceUnreachable(self._engine.url, str(error).partition("\n")[0])
        except sa.exc.SQLAlchemyError as error:
            self._error = SourceUnreachable(self._engine.url, reason_of(error))
        except BaseException as error:
            self._error = error
        if self._error:
            while self._queue.get() is not None:
                pass

    def _write(self) -> None:
        dialect = self._engine.dialect.name
        if dialect in MYSQL_KINDS:
            self._insert()
            return
        connection = adbc_connection(self._engine)
        try:
            with connection.cursor() as cursor:
                for pragma in _PRAGMAS if dialect == "sqlite" else ():
                    cursor.execute(pragma)
                    cursor.fetchall()
                if dialect == "sqlite":
                    cursor.execute("BEGIN")
                for table, content in self._to_come():
                    cursor.adbc_ingest(table.name, content, mode="append")
                if dialect == "sqlite":
                    cursor.execute("COMMIT")
        finally:
            connection.close()

    def _insert(self) -> None:
        """The driver joins the rows into statements as long as the server takes them."""
        for table, typed in self._to_come():
            places = ", ".join(["%s"] * typed.num_columns)
            text = f"INSERT INTO {table.name} ({', '.join(typed.column_names)}) VALUES ({places})"
            with self._engine.begin() as connection:
                for batch in typed.to_batches(_ROWS_AT_ONCE):
                    rows = list(zip(*(column.to_pylist() for column in batch.columns), strict=True))
                    connection.exec_driver_sql(text, rows)

    def _to_come(self) -> Iterator[tuple[sa.Table, pa.Table]]:
        """What is queued, as far as it is not there yet."""
        while (item := self._queue.get()) is not None:
            table, columns = item
            rows = len(columns[_key(table)])
            past = min(self._there[table.name], rows)
            self._there[table.name] -= past
            if past < rows:
                yield table, encode(table, columns, self._engine.dialect.name).slice(past)


def _key(table: sa.Table) -> str:
    return next(column.name for column in table.primary_key)
