"""A ladder: the rows a measure looks at, the first reason for which each of them is not counted, what a list shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

import sqlalchemy as sa

from data.projection.source import Block, Source

COUNTED = "计入"
SAMPLES = 5


class Field(NamedTuple):
    """One column of a list of source rows: what is not named by a `Field` never leaves the operational database.

    ``codes`` turns stored codes into words. ``of_person`` fields say who somebody is.
    """

    name: str
    title: str
    value: Any
    kind: Literal["text", "date", "moment", "decimal"] = "text"
    codes: Mapping[Any, str] | None = None
    of_person: bool = False


class Ladder(NamedTuple):
    """``rows`` (a FROM) and ``where`` are the rows looked at, ``key`` names one, ``org`` is the branch or party group
    a row counts for, ``reasons`` are tried in order.

    ``fields`` are what a list of the rows may show; ``of_persons`` tells that each row is about one person.
    ``amount`` is what a counted row adds to the measure: 1, or hours. ``is_sum`` tells that the amounts add up to
    the measure of the block; a ladder over rows only is shown without being compared. ``part`` tells rows of one key
    apart: a sign-in at a committee's activity counts for each branch its member belongs to on the day.
    """

    table: str
    rows: Any
    where: sa.ColumnElement[bool]
    key: sa.ColumnElement[Any]
    org: sa.ColumnElement[Any]
    reasons: Sequence[tuple[str, sa.ColumnElement[bool]]]
    fields: Sequence[Field]
    of_persons: bool = False
    amount: Any = 1
    is_sum: bool = True
    part: Any = 0


# A measure of one month as ladders: most have one, sign-ins also those at activities of committees.
Tracer = Callable[[Source, Block, str], list[Ladder]]


@dataclass
class Outcome:
    """Rows with one fate; ``keys`` up to five primary keys, only when asked for."""

    rows: int = 0
    amount: float = 0.0
    keys: list[Any] = field(default_factory=list)


def fails(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """Not true: false or unknown, for a NULL in a needed column is a reason of its own kind."""
    return sa.case((condition, 1), else_=0) == 0


def fate(ladder: Ladder) -> sa.ColumnElement[str]:
    """``COUNTED`` or the first reason that holds."""
    cases = [(condition, sa.literal(reason)) for reason, condition in ladder.reasons]
    return sa.case(*cases, else_=sa.literal(COUNTED)) if cases else sa.literal(COUNTED)


def outcomes(source: Source, ladders: Sequence[Ladder], *, keys: bool) -> dict[str, Outcome]:
    """Rows by fate, ``COUNTED`` first, then the reasons in their order; every row looked at is in exactly one."""
    found: dict[str, Outcome] = {COUNTED: Outcome()}
    for ladder in ladders:
        looked = (
            sa.select(
                fate(ladder).label("fate"),
                ladder.key.label("key"),
                sa.cast(ladder.amount, sa.Double).label("amount"),
            )
            .select_from(ladder.rows)
            .where(ladder.where)
            .subquery()
        )
        grouped = sa.select(looked.c.fate, sa.func.count(), sa.func.sum(looked.c.amount)).group_by(
            looked.c.fate
        )
        counts = {row[0]: (row[1], float(row[2] or 0)) for row in source.rows(grouped)}
        for reason in [COUNTED, *(reason for reason, _ in ladder.reasons)]:
            rows, amount = counts.get(reason, (0, 0.0))
            into = found.setdefault(reason, Outcome())
            into.rows += rows
            into.amount += amount
            if keys and rows:
                wanted = sa.select(looked.c.key).where(looked.c.fate == reason).order_by(looked.c.key)
                into.keys += [row[0] for row in source.rows(wanted.limit(SAMPLES - len(into.keys)))]
    return {reason: outcome for reason, outcome in found.items() if outcome.rows or reason == COUNTED}
