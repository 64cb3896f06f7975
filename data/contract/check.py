"""Compares a live operational database with the contract, read-only: its structure first, then its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from data.contract import ENUMS, METADATA
from data.contract.findings import Finding, Report, Severity
from data.contract.invariants import alive, invariants, roots
from data.contract.structure import LiveTable, missing_indexes, read_structure, structure_findings
from data.driver_errors import reason_of, source_errors
from data.errors import without_password

OnStep = Callable[[str, int, int], None]

SAMPLES = 5

# The facts the projection counts; their references, keys and codes are looked at row by row.
PROJECTED_TABLES = (
    "organizations",
    "org_terms",
    "members",
    "memberships",
    "member_category_history",
    "member_state_history",
    "party_posts",
    "activities",
    "attendances",
    "dues_obligations",
    "dues_payments",
    "dues_payment_allocations",
    "dues_ledger_entries",
    "transfers",
    "transfer_steps",
    "floating_registrations",
    "floating_reports",
    "lost_contact_cases",
    "learning_records",
    "volunteer_records",
    "appraisals",
    "appraisal_results",
    "point_entries",
    "warnings",
    "posts",
)


class Probe(NamedTuple):
    """One question to the database: rows that come back are wrong, and their first column says which."""

    finding: Finding
    broken: sa.Select[Any]
    columns: frozenset[tuple[str, str]]


def check(engine: sa.Engine, on_step: OnStep | None = None) -> Report:
    """Everything in the database that is not as the contract says; ``on_step(name, done, total)`` per step.

    Raises SourceUnreachable; needs no right but SELECT.
    """
    with source_errors(engine):
        live = read_structure(engine)
        probes = [probe for probe in _probes(live) if _is_possible(probe, live)]
        findings = list(structure_findings(live, engine.dialect.name))
        total = len(probes) + 2
        _tell(on_step, "structure", 1, total)
        with engine.connect() as connection:
            findings += _index_findings(connection, live)
            findings += _root_findings(connection, live)
            _tell(on_step, "indexes", 2, total)
            for done, probe in enumerate(probes, start=3):
                findings += _ask(connection, probe)
                _tell(on_step, f"{probe.finding.code} {probe.finding.place}", done, total)
    order = list(Severity)
    findings.sort(key=lambda finding: order.index(finding.severity))
    checked = total + sum(len(table.columns) for table in METADATA.tables.values())
    return Report(without_password(engine.url), checked, tuple(findings))


def _tell(on_step: OnStep | None, name: str, done: int, total: int) -> None:
    if on_step is not None:
        on_step(name, done, total)


def _ask(connection: sa.Connection, probe: Probe) -> list[Finding]:
    try:
        keys = list(connection.execute(probe.broken.limit(SAMPLES)).scalars())
        count = len(keys)
        if count == SAMPLES:
            query = sa.select(sa.func.count()).select_from(probe.broken.subquery())
            count = connection.execute(query).scalar_one()
    except DBAPIError as error:
        connection.rollback()
        if error.connection_invalidated:
            raise
        detail = f"{probe.finding.code}：{reason_of(error)}"
        return [Finding("not-checkable", Severity.NOTE, "无法检查", probe.finding.table, detail=detail)]
    if not count:
        return []
    samples = tuple(str(key) for key in keys)
    found = probe.finding
    return [
        Finding(
            found.code, found.severity, found.title, found.table, found.column, count, samples, found.detail
        )
    ]


def _index_findings(connection: sa.Connection, live: dict[str, LiveTable]) -> Iterator[Finding]:
    for name, columns, cost in missing_indexes(live):
        rows = connection.execute(sa.select(sa.func.count()).select_from(sa.table(name))).scalar_one()
        place = f"缺少索引 ({', '.join(columns)})"
        yield Finding("missing-index", Severity.NOTE, place, name, detail=f"{cost}，共 {rows:,} 行")


def _root_findings(connection: sa.Connection, live: dict[str, LiveTable]) -> Iterator[Finding]:
    if not {"org_id", "parent_org_id", "deleted_at"} <= set(_columns(live, "organizations")):
        return
    keys = [str(key) for key in connection.execute(roots()).scalars()]
    if len(keys) > 1:
        title, samples = "多个没有上级的党组织", tuple(keys[:SAMPLES])
        yield Finding("several-roots", Severity.BLOCKS, title, "organizations", None, len(keys), samples)
    query = sa.select(sa.func.count()).select_from(sa.table("organizations"))
    # A database without any organisation is empty, not broken.
    if not keys and connection.execute(query).scalar_one():
        yield Finding("no-root", Severity.BLOCKS, "没有最上级党组织", "organizations")


def _probes(live: dict[str, LiveTable]) -> Iterator[Probe]:
    for name in PROJECTED_TABLES:
        table = METADATA.tables[name]
        yield from _null_probes(table, live)
        yield from _code_probes(table)
        yield from _orphan_probes(table)
        yield from _duplicate_probes(table)
    for rule in invariants():
        yield _probe(Finding(rule.code, rule.severity, rule.title, rule.table), rule.broken)


def _null_probes(table: sa.Table, live: dict[str, LiveTable]) -> Iterator[Probe]:
    """NULL in a column that the contract fills and the live database leaves open."""
    columns = _columns(live, table.name)
    for column in table.columns:
        if not column.nullable and columns.get(column.name, {}).get("nullable", False):
            broken = sa.select(_key(table)).where(*alive(table), column.is_(None))
            title = f"必填列为空（{column.comment}）"
            yield _probe(Finding("null-value", Severity.ROWS, title, table.name, column.name), broken)


def _code_probes(table: sa.Table) -> Iterator[Probe]:
    for column in table.columns:
        codes = ENUMS.get(column.info.get("enum") or "")
        if codes:
            # IS NOT NULL is spelt out by NOT IN itself: NULL is in no list and outside none.
            broken = sa.select(column).where(*alive(table), column.not_in(list(codes)))
            finding = Finding("unknown-code", Severity.NOTE, "未知代码", table.name, column.name)
            yield _probe(finding, broken)


def _orphan_probes(table: sa.Table) -> Iterator[Probe]:
    """Keys that lead nowhere; a parent that is soft-deleted still exists (ruling 21)."""
    for column in table.columns:
        target = column.info.get("references")
        if not target:
            continue
        parent_name, parent_key = target.split(".")
        parent = METADATA.tables[parent_name].alias("parent")
        found = sa.exists().where(parent.c[parent_key] == column)
        broken = sa.select(_key(table)).where(*alive(table), column.is_not(None), ~found)
        finding = Finding("orphan-row", Severity.ROWS, f"指向不存在的 {parent_name}", table.name, column.name)
        yield _probe(finding, broken)


def _duplicate_probes(table: sa.Table) -> Iterator[Probe]:
    for names in table.info["unique"]:
        columns = [table.c[name] for name in names]
        broken = sa.select(sa.func.min(_key(table))).where(*alive(table)).group_by(*columns)
        if len(names) == 1:
            broken = broken.where(columns[0].is_not(None))
        finding = Finding("duplicate-key", Severity.ROWS, "唯一键重复", table.name, ",".join(names))
        yield _probe(finding, broken.having(sa.func.count() > 1))


def _key(table: sa.Table) -> sa.Column[Any]:
    return next(iter(table.primary_key))


def _probe(finding: Finding, broken: sa.Select[Any]) -> Probe:
    needed = set()
    for element in sa.sql.visitors.iterate(broken):
        if isinstance(element, sa.ColumnClause) and element.table is not None:
            origin = getattr(element.table, "element", element.table)
            if isinstance(origin, sa.Table):
                needed.add((origin.name, element.name))
    return Probe(finding, broken, frozenset(needed))


def _is_possible(probe: Probe, live: dict[str, LiveTable]) -> bool:
    """Whether the live database has every column the question needs; what it lacks is a finding already."""
    return all(column in _columns(live, table) for table, column in probe.columns)


def _columns(live: dict[str, LiveTable], table: str) -> dict[str, Any]:
    return live[table].columns if table in live else {}
