"""Compares tables, columns, types and indexes of a live database with the contract; reads the catalogue only."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import mysql
from sqlalchemy.exc import SAWarning

from data.contract import METADATA
from data.contract.findings import Finding, Severity
from data.contract.indexes import REQUIRED_INDEXES
from data.engine import MYSQL_KINDS

# Without these there is no tree, no member or no organisation life: nothing to project. Any other table that
# is missing leaves its own panels 未接入.
CORE_TABLES = frozenset({"organizations", "members", "memberships", "activities", "attendances"})

_FAMILIES: tuple[tuple[type[sa.types.TypeEngine[Any]], str], ...] = (
    (sa.Boolean, "boolean"),
    (sa.Integer, "integer"),
    (sa.Numeric, "decimal"),
    (sa.DateTime, "datetime"),
    (sa.Date, "date"),
    (sa.String, "text"),
)

# What else serves for a family: MySQL and SQLite keep booleans as integers, Oracle integers as NUMBER and
# dates with a time of day.
_ALSO = {
    "boolean": {"integer", "decimal"},
    "integer": {"decimal"},
    "decimal": {"integer"},
    "date": {"datetime"},
}


@dataclass(frozen=True)
class LiveTable:
    """One table as the catalogue describes it; ``indexes`` are the column sequences one can look up by."""

    columns: dict[str, Any]
    indexes: list[tuple[str | None, ...]]


def read_structure(engine: sa.Engine) -> dict[str, LiveTable]:
    """The contract's tables, also as views, that the live database has."""
    found = sa.inspect(engine)
    names = relation_names(found)
    present = [name for name in METADATA.tables if name in names]
    with warnings.catch_warnings():
        # SQLite cannot describe an index on an expression; such an index is none of ours to require.
        warnings.filterwarnings("ignore", "Skipped unsupported reflection", SAWarning)
        return {name: _read_table(found, name) for name in present}


def relation_names(found: sa.Inspector) -> set[str]:
    """Tables and views; both do."""
    names = {*found.get_table_names(), *found.get_view_names()}
    return names.union(found.get_materialized_view_names() if found.dialect.name == "postgresql" else ())


def read_columns(found: sa.Inspector, name: str) -> dict[str, Any]:
    """Name, type and nullability of the columns of a table or view, as the inspector tells them."""
    if found.dialect.name in MYSQL_KINDS and name in found.get_view_names():
        return _columns_of_mysql_view(found, name)
    return {str(column["name"]): column for column in found.get_columns(name)}


def _columns_of_mysql_view(found: sa.Inspector, name: str) -> dict[str, Any]:
    """Of a view SQLAlchemy reads the definition, for which the right to SELECT is not enough."""
    asked = (
        "SELECT column_name, data_type, is_nullable FROM information_schema.columns "
        "WHERE table_schema = database() AND table_name = :name ORDER BY ordinal_position"
    )
    bind = found.bind
    with bind.connect() if isinstance(bind, sa.Engine) else nullcontext(bind) as connection:
        rows = connection.execute(sa.text(asked), {"name": name}).all()
    types = mysql.base.ischema_names
    return {
        column: {"name": column, "type": types.get(kind, sa.types.NullType)(), "nullable": nullable == "YES"}
        for column, kind, nullable in rows
    }


def _read_table(found: sa.Inspector, name: str) -> LiveTable:
    columns = read_columns(found, name)
    if found.dialect.name in MYSQL_KINDS and name in found.get_view_names():
        return LiveTable(columns, [])
    indexes = [tuple(index["column_names"]) for index in found.get_indexes(name)]
    indexes += [tuple(unique["column_names"]) for unique in found.get_unique_constraints(name)]
    indexes.append(tuple(found.get_pk_constraint(name)["constrained_columns"]))
    return LiveTable(columns, indexes)


def structure_findings(live: dict[str, LiveTable], dialect_name: str) -> Iterator[Finding]:
    """Missing tables and columns, wrong types, columns that allow NULL against the contract."""
    for table in METADATA.tables.values():
        core = table.name in CORE_TABLES
        severity = Severity.BLOCKS if core else Severity.NOTE
        if table.name not in live:
            detail = "" if core else "相关面板显示“未接入”"
            yield Finding("missing-table", severity, f"缺少表（{table.comment}）", table.name, detail=detail)
            continue
        for column in table.columns:
            yield from _column_findings(
                column, live[table.name].columns.get(column.name), severity, dialect_name
            )


def _column_findings(
    column: sa.Column[Any], live: Any, severity: Severity, dialect_name: str
) -> Iterator[Finding]:
    table = column.table.name
    if live is None:
        yield Finding("missing-column", severity, f"缺少列（{column.comment}）", table, column.name)
        return
    wanted, found = family(column.type), family(live["type"])
    if not serves(found, wanted, dialect_name):
        detail = f"应为 {wanted}，实为 {found}（{live['type']}）"
        yield Finding("wrong-type", severity, "列类型不符", table, column.name, detail=detail)
    if not column.nullable and not column.primary_key and live["nullable"]:
        yield Finding("nullable-column", Severity.NOTE, "缺少 NOT NULL 约束", table, column.name)


def family(type_: Any) -> str:
    """Coarse kind of a column type: boolean, integer, decimal, datetime, date, text or unknown."""
    return next((name for base, name in _FAMILIES if isinstance(type_, base)), "unknown")


def serves(found: str, wanted: str, dialect_name: str) -> bool:
    """Whether a column of one family can be read where the contract wants another."""
    if found in (wanted, "unknown") or found in _ALSO.get(wanted, ()):
        return True
    return dialect_name == "sqlite" and found == "text" and wanted in ("date", "datetime")


def missing_indexes(live: dict[str, LiveTable]) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """(table, columns, what it is for) of every required index that no live index begins with."""
    for name, table in live.items():
        key = next(iter(METADATA.tables[name].primary_key)).name
        if not _is_covered(("updated_at", key), table):
            yield name, ("updated_at", key), "每次增量都要全表扫描才能找到变更行"
    for required in REQUIRED_INDEXES:
        table_live = live.get(required.table)
        if table_live is not None and not _is_covered(required.columns, table_live):
            yield required.table, required.columns, f"每个重算单元都要全表扫描（{required.reason}）"


def _is_covered(columns: tuple[str, ...], table: LiveTable) -> bool:
    return any(index[: len(columns)] == columns for index in table.indexes)
