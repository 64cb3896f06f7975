"""A dense table of the read model in memory: what was published last, so that only what differs is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import sqlalchemy as sa

from data.readmodel.cube import Array

# Rows per executemany; bounds the memory of a rebuild, not its result.
BATCH = 5_000
READ_ROWS = 2_000


@dataclass
class Sheet:
    """``values[id, month, column]`` of one table keyed by (id, period_month); NaN is NULL.

    ``columns`` are those in use: a table also has columns of indicators this district does not enable.
    """

    table: sa.Table
    ids: list[int]
    months: list[str]
    columns: list[str]
    values: Array

    @staticmethod
    def read(connection: sa.Connection, table: sa.Table, columns: Sequence[str]) -> Sheet:
        """What the store holds; ids ascending, months oldest first; absent cells NaN."""
        keys: list[tuple[int, str]] = []
        cells = [np.empty((0, len(columns)))]
        statement = sa.select(*list(table.c)[:2], *(table.c[name] for name in columns))
        # In parts: a whole table as Python floats is half a gigabyte, and slower for it.
        for rows in connection.execute(statement).partitions(READ_ROWS):
            keys += [(row[0], row[1]) for row in rows]
            cells.append(np.array([row[2:] for row in rows], dtype=float))
        ids, months = sorted({key[0] for key in keys}), sorted({key[1] for key in keys})
        row_of, column_of = {k: i for i, k in enumerate(ids)}, {m: j for j, m in enumerate(months)}
        values = np.full((len(ids), len(months), len(columns)), np.nan)
        values[[row_of[key[0]] for key in keys], [column_of[key[1]] for key in keys]] = np.concatenate(cells)
        return Sheet(table, ids, months, list(columns), values)

    def aligned(self, ids: Sequence[int], months: Sequence[str]) -> tuple[Array, np.ndarray[Any, Any]]:
        """(values, known) under other keys: cells this sheet does not have are NaN and not known. Not to be written
        to: under its own keys these are the sheet's own values."""
        if self.ids == ids and self.months == months:
            return self.values, np.ones(self.values.shape[:2], dtype=bool)
        values = np.full((len(ids), len(months), self.values.shape[2]), np.nan)
        known = np.zeros((len(ids), len(months)), dtype=bool)
        own_rows, own_columns = set(self.ids), set(self.months)
        rows = [i for i, k in enumerate(ids) if k in own_rows]
        columns = [j for j, m in enumerate(months) if m in own_columns]
        if rows and columns:
            at_row = {k: i for i, k in enumerate(self.ids)}
            at_column = {m: j for j, m in enumerate(self.months)}
            source = np.ix_([at_row[ids[i]] for i in rows], [at_column[months[j]] for j in columns])
            values[np.ix_(rows, columns)] = self.values[source]
            known[np.ix_(rows, columns)] = True
        return values, known

    def differing(self, previous: Sheet | None) -> np.ndarray[Any, Any]:
        """Cells (id × month) that the previous sheet does not have or has otherwise; all without one."""
        if previous is None:
            return np.ones(self.values.shape[:2], dtype=bool)
        old, known = previous.aligned(self.ids, self.months)
        # Equal bits are equal values, and nearly all are; only the rest is worth looking at as numbers.
        differing = (old.view(np.int64) != self.values.view(np.int64)).any(axis=2)
        then, now = old[differing], self.values[differing]
        differing[differing] = ~((then == now) | (np.isnan(then) & np.isnan(now))).all(axis=1)
        return np.asarray(differing | ~known)

    def take(self, part: Sheet) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
        """Take over the rows of ``part``, which has some of the ids, in place; returns what differs: which cells
        (id × month) and which columns (month × column)."""
        row_of = {k: i for i, k in enumerate(self.ids)}
        rows = [row_of[k] for k in part.ids]
        old, new = self.values[rows], part.values
        other = (old != new) & ~(np.isnan(old) & np.isnan(new))
        self.values[rows] = new
        cells = np.zeros(self.values.shape[:2], dtype=bool)
        cells[rows] = other.any(axis=2)
        return cells, other.any(axis=0)

    def write(
        self, connection: sa.Connection, previous: Sheet | None, differing: np.ndarray[Any, Any] | None = None
    ) -> int:
        """Upsert what differs from the previous sheet and delete what is gone; returns the rows written."""
        gone = [] if previous is None else sorted(set(previous.ids) - set(self.ids))
        id_column, month_column = list(self.table.c)[:2]
        for start in range(0, len(gone), 500):
            connection.execute(self.table.delete().where(id_column.in_(gone[start : start + 500])))
        if previous is None:
            connection.execute(self.table.delete())
        changed = self.differing(previous) if differing is None else differing
        cells = [(int(i), int(j)) for i, j in np.argwhere(changed)]
        there = set() if previous is None else {(k, m) for k in previous.ids for m in previous.months}
        replaced = [{"k": self.ids[i], "m": self.months[j]} for i, j in cells]
        replaced = [key for key in replaced if (key["k"], key["m"]) in there]
        if replaced:
            match = sa.and_(id_column == sa.bindparam("k"), month_column == sa.bindparam("m"))
            connection.execute(self.table.delete().where(match), replaced)
        names = [id_column.name, month_column.name, *self.columns]
        for start in range(0, len(cells), BATCH):
            insert_many(connection, self.table, names, self._rows(cells[start : start + BATCH]))
        return len(cells)

    def _rows(self, cells: Sequence[tuple[int, int]]) -> list[tuple[Any, ...]]:
        rows = []
        for i, j in cells:
            cell = (None if value != value else value for value in self.values[i, j].tolist())
            rows.append((self.ids[i], self.months[j], *cell))
        return rows


def insert_many(
    connection: sa.Connection, table: sa.Table, names: Sequence[str], rows: list[tuple[Any, ...]]
) -> None:
    """Insert plain numbers and texts past the type processors: 57,000 wide rows took 17 s through them, 3 s so."""
    text, order = _insert_text(connection.dialect, table, tuple(names))
    if order is None:
        connection.exec_driver_sql(text, [dict(zip(names, row, strict=True)) for row in rows])
        return
    at = [names.index(name) for name in order]
    plain = at == list(range(len(at)))
    connection.exec_driver_sql(text, rows if plain else [tuple(row[k] for k in at) for row in rows])


# Compiling a statement over hundreds of columns takes longer than inserting the few rows of one change.
_TEXTS: dict[tuple[str, ...], tuple[str, list[str] | None]] = {}


def _insert_text(
    dialect: sa.Dialect, table: sa.Table, names: tuple[str, ...]
) -> tuple[str, list[str] | None]:
    """The statement as its driver wants it, and the order of its parameters where they go by position."""
    key = (dialect.name, dialect.driver, table.name, *names)
    if key not in _TEXTS:
        compiled = (
            table.insert().values({name: sa.bindparam(name) for name in names}).compile(dialect=dialect)
        )
        order = list(compiled.positiontup or names) if compiled.positional else None
        _TEXTS[key] = str(compiled), order
    return _TEXTS[key]


def replace_rows(
    connection: sa.Connection,
    table: sa.Table,
    rows: Sequence[dict[str, Any]],
    stored: Sequence[dict[str, Any]] | None = None,
) -> bool:
    """Make a small table hold exactly these rows; returns whether anything differed (order does not matter).

    ``stored`` is what the table holds, where that is known; otherwise it is read.
    """
    if stored is None:
        stored = [dict(row._mapping) for row in connection.execute(sa.select(table))]
    names = [column.name for column in table.c]
    keys = [column.name for column in table.primary_key]
    old, new = ({tuple(row[k] for k in keys): row for row in found} for found in (stored, rows))

    def differ(one: dict[str, Any] | None, other: dict[str, Any] | None) -> bool:
        if one is other:
            return False
        if one is None or other is None:
            return True
        return one != other and any(one[name] != other[name] for name in names)

    gone = [key for key, row in old.items() if differ(row, new.get(key))]
    fresh = [{n: row[n] for n in names} for key, row in new.items() if differ(row, old.get(key))]
    if gone:
        match = sa.and_(*(table.c[name] == sa.bindparam(f"k{at}") for at, name in enumerate(keys)))
        connection.execute(
            table.delete().where(match), [{f"k{at}": part for at, part in enumerate(key)} for key in gone]
        )
    for start in range(0, len(fresh), BATCH):
        connection.execute(table.insert(), fresh[start : start + BATCH])
    return bool(gone or fresh)
