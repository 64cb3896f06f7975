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
    """``values[id, month, column]`` of one table keyed by (id, period_month); NaN is NULL."""

    table: sa.Table
    ids: list[int]
    months: list[str]
    values: Array

    @property
    def columns(self) -> list[str]:
        """Value columns in table order, after the two key columns."""
        return [column.name for column in self.table.c][2:]

    @staticmethod
    def from_columns(
        table: sa.Table, ids: Sequence[int], months: Sequence[str], columns: Sequence[str], values: Array
    ) -> Sheet:
        """A sheet whose columns come in another order than the table's."""
        position = {name: k for k, name in enumerate(columns)}
        names = [column.name for column in table.c][2:]
        return Sheet(table, list(ids), list(months), values[:, :, [position[name] for name in names]])

    @staticmethod
    def read(connection: sa.Connection, table: sa.Table) -> Sheet:
        """What the store holds; ids ascending, months oldest first; absent cells NaN."""
        keys: list[tuple[int, str]] = []
        cells = [np.empty((0, len(table.c) - 2))]
        # In parts: a whole table as Python floats is half a gigabyte, and slower for it.
        for rows in connection.execute(sa.select(table)).partitions(READ_ROWS):
            keys += [(row[0], row[1]) for row in rows]
            cells.append(np.array([row[2:] for row in rows], dtype=float))
        ids, months = sorted({key[0] for key in keys}), sorted({key[1] for key in keys})
        row_of, column_of = {k: i for i, k in enumerate(ids)}, {m: j for j, m in enumerate(months)}
        values = np.full((len(ids), len(months), len(table.c) - 2), np.nan)
        values[[row_of[key[0]] for key in keys], [column_of[key[1]] for key in keys]] = np.concatenate(cells)
        return Sheet(table, ids, months, values)

    def aligned(self, ids: Sequence[int], months: Sequence[str]) -> tuple[Array, np.ndarray[Any, Any]]:
        """(values, known) under other keys: cells this sheet does not have are NaN and not known."""
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

    def write(self, connection: sa.Connection, previous: Sheet | None) -> int:
        """Upsert what differs from the previous sheet and delete what is gone; returns the rows written."""
        gone = [] if previous is None else sorted(set(previous.ids) - set(self.ids))
        id_column, month_column = list(self.table.c)[:2]
        for start in range(0, len(gone), 500):
            connection.execute(self.table.delete().where(id_column.in_(gone[start : start + 500])))
        if previous is None:
            connection.execute(self.table.delete())
            changed = np.ones(self.values.shape[:2], dtype=bool)
            known = np.zeros_like(changed)
        else:
            old, known = previous.aligned(self.ids, self.months)
            same = (old == self.values) | (np.isnan(old) & np.isnan(self.values))
            changed = ~same.all(axis=2) | ~known
        cells = [(int(i), int(j)) for i, j in np.argwhere(changed)]
        replaced = [{"k": self.ids[i], "m": self.months[j]} for i, j in cells if known[i, j]]
        if replaced:
            match = sa.and_(id_column == sa.bindparam("k"), month_column == sa.bindparam("m"))
            connection.execute(self.table.delete().where(match), replaced)
        for start in range(0, len(cells), BATCH):
            insert_many(connection, self.table, self._rows(cells[start : start + BATCH]))
        return len(cells)

    def _rows(self, cells: Sequence[tuple[int, int]]) -> list[tuple[Any, ...]]:
        rows = []
        for i, j in cells:
            cell = (None if value != value else value for value in self.values[i, j].tolist())
            rows.append((self.ids[i], self.months[j], *cell))
        return rows


def insert_many(connection: sa.Connection, table: sa.Table, rows: list[tuple[Any, ...]]) -> None:
    """Insert plain numbers and texts past the type processors: 57,000 wide rows took 17 s through them, 3 s so."""
    compiled = table.insert().compile(dialect=connection.dialect)
    if compiled.positional:
        connection.exec_driver_sql(str(compiled), rows)
    else:
        names = [column.name for column in table.c]
        connection.exec_driver_sql(str(compiled), [dict(zip(names, row, strict=True)) for row in rows])


def replace_rows(connection: sa.Connection, table: sa.Table, rows: Sequence[dict[str, Any]]) -> bool:
    """Make a small table hold exactly these rows; returns whether anything differed (order does not matter)."""
    names = [column.name for column in table.c]
    stored = {tuple(row) for row in connection.execute(sa.select(table))}
    wanted = {tuple(row[name] for name in names) for row in rows}
    if stored == wanted:
        return False
    connection.execute(table.delete())
    for start in range(0, len(rows), BATCH):
        connection.execute(table.insert(), list(rows[start : start + BATCH]))
    return True
