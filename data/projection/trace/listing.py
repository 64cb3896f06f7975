"""The rows behind a measure, one by one: exactly those its trace counts, with the columns a list may show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.sql import visitors

from data.projection.source import Block, Source
from data.projection.trace.ladder import COUNTED, Field, Ladder, fate, outcomes
from data.projection.trace.tracing import TRACERS, ladders

Order = Literal["asc", "desc"]

KEY, ORG, FATE = "row", "org_id", "fate"
# More rows than this are never sent at once, whatever is asked for.
MOST = 10_000
_UNKNOWN = "其他"


@dataclass(frozen=True)
class Shown:
    """One column of a list; ``kind`` as the leadership tables name it."""

    name: str
    title: str
    kind: str = "text"


@dataclass(frozen=True)
class Listing:
    """A page of rows behind a measure.

    ``rows`` carry ``row`` (their identity), ``org_id`` (branch or party group they count for), ``fate`` and a value
    per column. ``total_rows`` and ``total_amount`` are of all counted rows, ``left_out`` counts the others by their
    first reason, ``matching`` is the length of the list the page is cut from. ``withheld`` tells that rows exist but
    are not for this viewer, ``elsewhere`` how many branches of that month stand outside what the viewer sees today.
    Not ``traced``: no row is told apart for this measure.
    """

    measure: str
    month: str
    read_at: datetime
    columns: tuple[Shown, ...] = ()
    rows: tuple[Mapping[str, Any], ...] = ()
    matching: int = 0
    total_rows: int = 0
    total_amount: float = 0.0
    left_out: Mapping[str, int] = field(default_factory=dict)
    of_persons: bool = False
    withheld: bool = False
    elsewhere: int = 0
    traced: bool = True


@dataclass(frozen=True)
class Cut:
    """Which part of the list: rows ``offset`` to ``offset + limit``, in this order; ``counted`` False lists the rows
    left out (of one ``reason`` when it is named), None all of them. ``on`` takes activities that started on this day;
    the length of such a list is that of its page."""

    offset: int = 0
    limit: int = 200
    sort: Sequence[tuple[str, Order]] = ()
    counted: bool | None = True
    reason: str = ""
    on: date | None = None


def listed(
    source: Source, measure: str, branches: Sequence[int], month: str, cut: Cut, *, rows: bool, names: bool
) -> Listing:
    """The list of these branches; ``rows`` False gives its totals only, ``names`` adds who it is about."""
    block = Block(tuple(branches), (month,))
    found = ladders(source, block, month, measure)
    read_at = source.read_at or source.calendar.now
    if found is None:
        return Listing(measure, month, read_at, traced=False)
    fates = {reason: one for reason, one in outcomes(source, found, keys=False).items() if one.rows}
    counted = fates.pop(COUNTED, None)
    left_out = {reason: one.rows for reason, one in fates.items()}
    total = counted.rows if counted else 0
    shown = [one for one in found[0].fields if _may(one, source, names=names)]
    page = _page(source, found, {one.name for one in shown}, cut) if rows else ()
    return Listing(
        measure,
        month,
        read_at,
        tuple(Shown(one.name, one.title, one.kind) for one in shown),
        page,
        _matching(cut, total, left_out) if cut.on is None else len(page),
        total,
        counted.amount if counted else 0.0,
        left_out,
        of_persons=found[0].of_persons,
        withheld=not rows,
    )


def is_traced(measure: str) -> bool:
    """Whether rows can be listed for the measure at all."""
    return measure in TRACERS


def _may(one: Field, source: Source, *, names: bool) -> bool:
    """Names for those who may read them; a column of a table that is not connected does not exist."""
    if one.of_person and not names:
        return False
    tables = (part.element if isinstance(part, sa.Alias) else part for part in visitors.iterate(one.value))
    return not any(isinstance(table, sa.Table) and table.name in source.missing for table in tables)


def _matching(cut: Cut, counted: int, left_out: Mapping[str, int]) -> int:
    if cut.counted:
        return counted
    if cut.reason:
        return left_out.get(cut.reason, 0)
    return sum(left_out.values()) + (counted if cut.counted is None else 0)


def _page(
    source: Source, found: Sequence[Ladder], names: set[str], cut: Cut
) -> tuple[Mapping[str, Any], ...]:
    parts = [_select(ladder, names, at) for at, ladder in enumerate(found)]
    looked = (parts[0] if len(parts) == 1 else sa.union_all(*parts)).subquery("looked")
    query = sa.select(looked)
    if cut.counted is not None:
        query = query.where(looked.c[FATE] == COUNTED if cut.counted else looked.c[FATE] != COUNTED)
    if cut.reason:
        query = query.where(looked.c[FATE] == cut.reason)
    if cut.on is not None:
        begin = datetime.combine(cut.on, time())
        query = query.where(looked.c.started >= begin, looked.c.started < begin + timedelta(days=1))
    known = {*names, FATE}
    order = [_direction(looked.c[name], way) for name, way in cut.sort if name in known]
    query = query.order_by(*order, looked.c.ladder, looked.c.key, looked.c.part)
    words = {one.name: one.codes for one in found[0].fields if one.codes is not None}
    page = source.rows(query.limit(min(cut.limit, MOST)).offset(cut.offset))
    return tuple(_row(row._mapping, words) for row in page)


def _direction(column: sa.ColumnElement[Any], way: str) -> sa.ColumnElement[Any]:
    return column.desc() if way == "desc" else column.asc()


def _select(ladder: Ladder, names: set[str], at: int) -> sa.Select[Any]:
    fields = [one.value.label(one.name) for one in ladder.fields if one.name in names]
    return (
        sa.select(
            sa.literal(at).label("ladder"),
            ladder.key.label("key"),
            sa.type_coerce(ladder.part, sa.BigInteger).label("part"),
            ladder.org.label(ORG),
            fate(ladder).label(FATE),
            sa.cast(ladder.amount, sa.Double).label("amount"),
            *fields,
        )
        .select_from(ladder.rows)
        .where(ladder.where)
    )


def _row(row: Any, words: Mapping[str, Mapping[Any, str]]) -> dict[str, Any]:
    found = {name: value for name, value in row.items() if name not in ("ladder", "key", "part")}
    found[KEY] = f"{row['ladder']}.{row['key']}.{row['part']}"
    for name, codes in words.items():
        if name in found and found[name] is not None:
            found[name] = codes.get(found[name], _UNKNOWN)
    return {name: float(value) if _is_decimal(value) else value for name, value in found.items()}


def _is_decimal(value: Any) -> bool:
    return type(value).__name__ == "Decimal"
