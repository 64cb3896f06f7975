"""The words the contract is written in: one metadata, one ``column`` and one ``table`` constructor.

References are written down in ``Column.info["references"]`` and not as foreign-key constraints: a customer's
database is read as it is, and an orphan row has to be found and counted by `check`, not assumed away.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import mysql

METADATA = sa.MetaData()

# MySQL's DATETIME has whole seconds unless told otherwise; the change columns need microseconds.
CHANGE_TIME = sa.DateTime().with_variant(mysql.DATETIME(fsp=6), "mysql", "mariadb")


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
) -> sa.Column[Any]:
    """One contract column; ``personal`` is P1 or P2 (§2.3), ``fk`` is "table.column", ``enum`` a code list."""
    info = {
        "references": fk,
        "enum": enum,
        "unit": unit,
        "personal": personal,
        "unique": unique,
        "index": index,
    }
    return sa.Column(
        name,
        type_,
        primary_key=pk,
        nullable=null and not pk,
        autoincrement=False,
        comment=label_zh,
        info=info,
    )


def table(
    name: str,
    label_zh: str,
    *columns: sa.Column[Any],
    grain: str,
    volume: str,
    unique: Sequence[tuple[str, ...]] = (),
) -> sa.Table:
    """One contract table: its columns, the three tail columns (§2.4) and the index every reader of changes needs."""
    key = next(c.name for c in columns if c.primary_key)
    keys = [(c.name,) for c in columns if c.info["unique"]] + list(unique)
    indexed = [c.name for c in columns if c.info["index"]]
    built = sa.Table(
        name,
        METADATA,
        *columns,
        sa.Column("created_at", CHANGE_TIME, nullable=False, comment="创建时间", info={}),
        sa.Column("updated_at", CHANGE_TIME, nullable=False, comment="变更时间", info={}),
        sa.Column("deleted_at", CHANGE_TIME, nullable=True, comment="逻辑删除时间", info={}),
        comment=label_zh,
        info={"grain": grain, "volume": volume, "unique": [tuple(k) for k in keys]},
    )
    sa.Index(f"ix_{name}_changes", built.c.updated_at, built.c[key])
    for column_name in indexed:
        sa.Index(f"ix_{name}_{column_name}", built.c[column_name])
    return built
