"""The operational side of one projection run: a read-only snapshot, its calendar and the tree it is read through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from data.clock import cutoff, first_day, last_day, month_of, months_between
from data.indicators.member.rules import MemberRules
from data.projection.cost import Cost
from data.projection.sql_time import as_moment
from data.projection.tree import Tree

# An IN list of this length is one index probe per member on every engine and far below their bind limits.
ORGS_PER_STATEMENT = 400

Row = tuple[int, str, dict[str, float]]


@dataclass(frozen=True)
class Calendar:
    """The months that are projected, oldest first, and the present moment that closes or opens them."""

    first: str
    now: datetime

    @cached_property
    def open_month(self) -> str:
        """The running month; everything before it is closed."""
        return month_of(self.now.date())

    @cached_property
    def months(self) -> list[str]:
        """All months from the first to the open one."""
        return months_between(self.first, self.open_month)

    def day_of(self, month: str) -> date:
        """The day a state of the month is taken: its last day, or today in the open month."""
        return min(last_day(month), self.now.date())

    def is_closed(self, month: str) -> bool:
        """Whether the cut-off of the month has passed."""
        return cutoff(month) <= self.now


@dataclass(frozen=True)
class Block:
    """A rectangle of cells to recompute: these branches (None: all) in these months."""

    orgs: tuple[int, ...] | None
    months: tuple[str, ...]

    def parts(self) -> Iterator[Block]:
        """The same cells in statements of bounded length."""
        if self.orgs is None:
            yield self
            return
        for start in range(0, len(self.orgs), ORGS_PER_STATEMENT):
            yield Block(self.orgs[start : start + ORGS_PER_STATEMENT], self.months)


@dataclass(frozen=True)
class Source:
    """What a family reads through: an open connection in one transaction, the calendar, the tree, the scheme.

    ``read_at`` is the source's own clock when the transaction began; the change columns are written by it.
    """

    connection: sa.Connection
    calendar: Calendar
    tree: Tree
    scheme: str = "haishu"
    missing: frozenset[str] = field(default_factory=frozenset)
    read_at: datetime | None = None
    member_rules: MemberRules = field(default_factory=dict)
    cost: Cost = field(default_factory=Cost)

    def rows(self, statement: sa.Select[Any]) -> Sequence[Any]:
        """All rows of one statement."""
        found = self.connection.execute(statement).all()
        self.cost.rows += len(found)
        return found


def branch_filter(column: sa.ColumnElement[Any], block: Block) -> sa.ColumnElement[bool]:
    """Rows of the block's branches; true for all when the block names none."""
    return sa.true() if block.orgs is None else column.in_(block.orgs)


def month_case(column: sa.ColumnElement[Any], months: Iterable[str], value: Any) -> sa.ColumnElement[Any]:
    """A per-month constant looked up by a month column: the portable way to say cutoff(period_month)."""
    return as_moment(
        sa.case({month: sa.literal(value(month), sa.DateTime) for month in months}, value=column)
    )


def month_start(month: str) -> datetime:
    """First instant of the month."""
    day = first_day(month)
    return datetime(day.year, day.month, 1)


def in_months(
    column: sa.ColumnElement[Any], months: Sequence[str], *, as_date: bool
) -> sa.ColumnElement[bool]:
    """Rows whose date or datetime lies in one of the months, as index-friendly half-open ranges."""
    ranges = []
    for first, last in _runs(sorted(months)):
        start, end = month_start(first), cutoff(last)
        low, high = (start.date(), end.date()) if as_date else (start, end)
        ranges.append(sa.and_(column >= low, column < high))
    return sa.or_(*ranges)


def _runs(months: Sequence[str]) -> list[tuple[str, str]]:
    runs: list[tuple[str, str]] = []
    for month in months:
        if runs and months_between(runs[-1][1], month)[1:] == [month]:
            runs[-1] = (runs[-1][0], month)
        else:
            runs.append((month, month))
    return runs


def year_month(column: sa.ColumnElement[Any]) -> tuple[sa.ColumnElement[int], sa.ColumnElement[int]]:
    """The two grouping expressions of a date's month, portable over engines."""
    return sa.extract("year", column), sa.extract("month", column)


def merge(rows: Iterable[Row]) -> dict[tuple[int, str], dict[str, float]]:
    """Add up rows of the same cell; a cell no row names is zero for its family."""
    cells: dict[tuple[int, str], dict[str, float]] = {}
    for org, month, values in rows:
        cell = cells.setdefault((org, month), {})
        for name, value in values.items():
            cell[name] = cell.get(name, 0.0) + float(value or 0)
    return cells


def named(row: sa.Row[Any], names: Mapping[str, Any] | Sequence[str]) -> dict[str, float]:
    """The named columns of a result row as floats; NULL (an empty sum) is 0."""
    return {name: float(getattr(row, name) or 0) for name in names}
