"""The words the contract is written in: one metadata, one ``column`` and one ``table`` constructor.

References are written down in ``Column.info["references"]`` and not as foreign-key constraints: a customer's
database is read as it is, and an orphan row has to be found and counted by `check`, not assumed away.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects import mysql

from data.contract.servertime import server_now

METADATA = sa.MetaData()

# The default of a column that holds the time of its own recording.
NOW: Final = server_now()

# MySQL's DATETIME rounds to whole seconds unless told otherwise: a late evening would become the next day.
MOMENT = sa.DateTime().with_variant(mysql.DATETIME(fsp=6), "mysql", "mariadb")

Default = bool | int | str | server_now


def column(
    name: str,
    type_: Any,
    label_zh: str,
    *,
    pk: bool = False,
    null: bool = False,
    unique: bool = False,
    index: bool = False,
    fk: str | None = None,
    enum: str | None = None,
    unit: str | None = None,
    personal: str | None = None,
    default: Default | None = None,
) -> sa.Column[Any]:
    """One contract column; ``personal`` is P1 or P2 (§2.3), ``fk`` "table.column", ``enum`` a code list.

    ``default`` is filled in by the database, so that a row written by hand stays short.
    """
    info = {
        "references": fk,
        "enum": enum,
        "unit": unit,
        "personal": personal,
        "unique": unique,
        "index": index,
        "default": default,
    }
    numbered = pk and _is_integer(type_)
    return sa.Column(
        name,
        _row_number(type_) if numbered else _stored(type_),
        primary_key=pk,
        # The database numbers a row that comes without a key: SQLite itself, PostgreSQL by changes.py, MySQL by
        # create.py.
        server_default=sa.FetchedValue() if numbered else _server_default(default),
        nullable=null and not pk,
        autoincrement=False,
        comment=label_zh,
        info=info,
    )


def _is_integer(type_: Any) -> bool:
    return isinstance(sa.types.to_instance(type_), sa.Integer)


def _row_number(type_: Any) -> sa.types.TypeEngine[Any]:
    """SQLite numbers only a column declared exactly INTEGER PRIMARY KEY."""
    declared: sa.types.TypeEngine[Any] = sa.types.to_instance(type_)
    return declared.with_variant(sa.Integer(), "sqlite")


def _stored(type_: Any) -> Any:
    return MOMENT if type_ is sa.DateTime else type_


def _server_default(default: Default | None) -> sa.DefaultClause | None:
    if default is None:
        return None
    if isinstance(default, bool):
        return sa.DefaultClause(sa.true() if default else sa.false())
    if isinstance(default, server_now):
        return sa.DefaultClause(default)
    return sa.DefaultClause(str(default))


def table(
    name: str,
    label_zh: str,
    *columns: sa.Column[Any],
    grain: str,
    volume: str,
    unique: Sequence[tuple[str, ...]] = (),
) -> sa.Table:
    """One contract table: its columns, the tail columns (§2.4) and the index a reader of changes needs."""
    key = next(c.name for c in columns if c.primary_key)
    keys = [(c.name,) for c in columns if c.info["unique"]] + list(unique)
    indexed = [c.name for c in columns if c.info["index"]]
    built = sa.Table(
        name,
        METADATA,
        *columns,
        _tail("created_at", "创建时间", default=NOW),
        _tail("updated_at", "变更时间", default=NOW),
        _tail("deleted_at", "逻辑删除时间"),
        comment=label_zh,
        info={"grain": grain, "volume": volume, "unique": [tuple(k) for k in keys]},
    )
    sa.Index(f"ix_{name}_changes", built.c.updated_at, built.c[key])
    for column_name in indexed:
        sa.Index(f"ix_{name}_{column_name}", built.c[column_name])
    return built


def _tail(name: str, label_zh: str, default: server_now | None = None) -> sa.Column[Any]:
    return sa.Column(
        name,
        MOMENT,
        server_default=_server_default(default),
        nullable=default is None,
        comment=label_zh,
        info={"default": default},
    )
