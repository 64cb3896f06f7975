"""Renders docs/operational-contract.md from the metadata: ``python -m data.contract.document`` rewrites it."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from data.contract import ACTIVITY_TYPES, ENUMS, METADATA
from data.contract.indexes import REQUIRED_INDEXES
from data.contract.servertime import server_now

PATH = pathlib.Path(__file__).parents[2] / "docs" / "operational-contract.md"

GROUPS: tuple[tuple[str, str], ...] = (
    ("Divisions, organizations, members 行政区划、党组织、党员", "divisions"),
    ("Accounts, sources, closing 账号、来源系统、月结", "source_systems"),
    ("Organisation life 组织生活", "activity_types"),
    ("Dues 党费", "dues_obligations"),
    ("Transfers 组织关系转接", "transfers"),
    ("Development of new members 发展党员", "development_step_defs"),
    ("Floating and lost-contact members 流动、失联", "floating_registrations"),
    ("Learning, exams, resources 学习、考试、资源", "courses"),
    ("Contribution and service 作用发挥与服务", "volunteer_projects"),
    ("Appraisal, disposition, honours, projects 评议、处置、荣誉、攻坚", "appraisals"),
    ("Points, diagnosis, warnings 积分、诊疗、预警", "point_rules"),
    ("Posts and interactions 信息与互动", "posts"),
    ("Grassroots cadres 基层干部", "cadres"),
    ("Venues 阵地", "venues"),
)

_HEAD = """# Operational contract · 业务库契约

Written by `python -m data.contract.document`; a test fails when it differs from `data/contract/`.

The product reads these {tables} tables of an operational database and never writes to them; `SELECT` is enough.
`python app.py check` compares a live database with this page.

## Conventions

- `date` is a local calendar date; `datetime` is Asia/Shanghai wall-clock time without zone. Periods are
  half-open: `[from, to)`, an empty end is open.
- Months are `YYYY-MM`, quarters `YYYYQn`. Money is CNY yuan. Ratios lie between 0 and 1.
- Keys are whole numbers without meaning and are never used twice. References are not enforced by the
  database: `check` finds the rows that lead nowhere and counts them.
- Personal data: **P1** personal, **P2** sensitive. Neither reaches the wall or the kiosk; ciphertext and
  digests never leave the operational database.
- Unique keys hold over the rows that are not deleted. In a key of several columns, NULL counts as a value.

## Change contract

Every table ends with three columns and has an index on `(updated_at, <primary key>)`.

| column | type | null | default | meaning |
|---|---|---|---|---|
| `created_at` | datetime(6) | no | server time | insertion time 创建时间 |
| `updated_at` | datetime(6) | no | server time | last change 变更时间; the projection finds changes by it |
| `deleted_at` | datetime(6) | yes |  | soft deletion 逻辑删除时间 |

`updated_at` is the database server's time of every insert, update and soft deletion, whatever the client
wrote, and never decreases for one row. Rows are not removed: `deleted_at` is set.

Where we create the database (SQLite, PostgreSQL, MariaDB), triggers keep this contract (`data/contract/changes.py`):
a row typed into `sqlite3` or `psql` needs neither key nor times, and a `DELETE` becomes a soft deletion. Two
statements go around them: `TRUNCATE` on PostgreSQL, and `INSERT OR REPLACE` on SQLite, which removes the row it
replaces. A rebuild sees both. On MariaDB and MySQL a `DELETE` is refused with the `UPDATE` to write instead, and
unique keys are not enforced but checked ([ADR 19](adr/0019-mariadb-as-source.md)).
On a database of your own, triggers or one write service must do the same.
"""


def render() -> str:
    """The whole document."""
    parts = [_HEAD.format(tables=len(METADATA.tables)), *_tables(), *_indexes(), *_codes()]
    return "\n".join(parts)


def _tables() -> Iterator[str]:
    starts = {first for _title, first in GROUPS}
    groups: list[list[sa.Table]] = []
    # Tables of one group are defined in one module, so they follow each other in the metadata.
    for table in METADATA.tables.values():
        if table.name in starts:
            groups.append([])
        groups[-1].append(table)
    by_first = {group[0].name: group for group in groups}
    yield "## Tables\n"
    for title, first in GROUPS:
        yield f"### {title}\n"
        yield from map(_table, by_first[first])


def _table(table: sa.Table) -> str:
    lines = [
        f"#### `{table.name}` {table.comment}\n",
        f"{_sentence(table.info['grain'])} Volume: {_cell(table.info['volume'])}.\n",
        "| column | type | null | key | default | unit / codes | PII | 中文含义 |",
        "|---|---|---|---|---|---|---|---|",
    ]
    tail = {"created_at", "updated_at", "deleted_at"}
    lines += [_column(column) for column in table.columns if column.name not in tail]
    composite = [names for names in table.info["unique"] if len(names) > 1]
    if composite:
        lines.append(f"\nUnique: {', '.join(_key(names) for names in composite)}.")
    return "\n".join(lines) + "\n"


def _key(names: tuple[str, ...]) -> str:
    return f"`({', '.join(names)})`"


def _column(column: sa.Column[Any]) -> str:
    info = column.info
    keys = ["PK"] if column.primary_key else []
    keys += ["UQ"] if info["unique"] else []
    keys += ["IX"] if info["index"] else []
    keys += [f"→ {info['references']}"] if info["references"] else []
    domain = [f"[{info['enum']}](#{info['enum']})"] if info["enum"] else []
    domain += [info["unit"]] if info["unit"] else []
    cells = (
        f"`{column.name}`",
        _type(column.type),
        "yes" if column.nullable else "no",
        ", ".join(keys),
        _default(info["default"]),
        "; ".join(domain),
        info["personal"] or "",
        column.comment or "",
    )
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _type(type_: Any) -> str:
    if isinstance(type_, sa.Numeric):
        return f"decimal({type_.precision},{type_.scale})"
    if isinstance(type_, sa.Text):
        return "text"
    if isinstance(type_, sa.String):
        return f"varchar({type_.length})"
    names = {sa.BigInteger: "bigint", sa.SmallInteger: "smallint", sa.Integer: "integer"}
    return next(
        (name for kind, name in names.items() if isinstance(type_, kind)), type(type_).__name__.lower()
    )


def _default(default: object) -> str:
    if default is None:
        return ""
    if isinstance(default, server_now):
        return "server time"
    return str(default).lower()


def _indexes() -> Iterator[str]:
    yield "## Indexes the projection relies on\n"
    yield (
        "An index of any name that begins with these columns serves; the further columns spare the visit to\n"
        "the table. `check` names each one that is missing and the rows it makes every run read.\n"
    )
    yield "| table | columns | further columns | for |\n|---|---|---|---|"
    yield "| every table | `updated_at`, its key |  | finds the changed rows |"
    for index in REQUIRED_INDEXES:
        columns, tail = (", ".join(f"`{n}`" for n in names) for names in (index.columns, index.tail))
        yield f"| `{index.table}` | {columns} | {tail} | {index.reason} |"
    yield ""


def _codes() -> Iterator[str]:
    yield "## Code lists\n"
    yield "A code outside its list is shown as 其他 and counted; it never stops the projection.\n"
    for name, codes in ENUMS.items():
        yield f"### {name}\n"
        yield "| code | 中文 |\n|---|---|"
        yield from (f"| `{code}` | {_cell(label)} |" for code, label in codes.items())
        yield ""
    yield "### activity_type\n"
    yield "| code | 中文 | life 组织生活 | study 理论学习 | 8 + x |\n|---|---|---|---|---|"
    for row in ACTIVITY_TYPES:
        life, study = ("yes" if flag else "" for flag in (row.is_life, row.is_study))
        yield f"| `{row.code}` | {row.name_zh} | {life} | {study} | {row.eight_x_no or ''} |"
    yield ""


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".") + "."


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    PATH.write_text(render(), encoding="utf-8")
