"""Whose facts are read and how: the members of a block, over the block's months and those its windows look back to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

import numpy as np
import sqlalchemy as sa

from data.clock import add_months, cutoff, first_day, months_between
from data.indicators.member.cube import Array
from data.projection.families.membership import of_living_member
from data.projection.source import Source
from data.projection.sql_time import month_number

# The longest window: the year to date, twelve months of dues and complaints.
LOOK_BACK = 12
PAGE = 50_000


@dataclass(frozen=True)
class Span:
    """The members (None: all) and the months, oldest first without gaps, of one reading."""

    source: Source
    members: Sequence[int] | None
    months: Sequence[str]

    @staticmethod
    def before(source: Source, members: Sequence[int] | None, months: Sequence[str]) -> Span:
        """The months asked for with those their windows look back to."""
        first, last = min(months), max(months)
        return Span(source, members, months_between(add_months(first, -LOOK_BACK), last))

    def of(self, column: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
        """Rows about these members; deleted members take their rows along."""
        if self.members is None:
            return of_living_member(column)
        return sa.and_(column.in_(self.members), of_living_member(column))

    def whose(self, column: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
        """As ``of`` where the table is joined to something already restricted."""
        return sa.true() if self.members is None else column.in_(self.members)

    def within(self, column: sa.ColumnElement[Any], *, as_date: bool) -> sa.ColumnElement[bool]:
        """Rows dated inside the months."""
        start, end = first_day(self.months[0]), cutoff(self.months[-1])
        if as_date:
            return sa.and_(column >= start, column < end.date())
        return sa.and_(column >= datetime(start.year, start.month, 1), column < end)

    @cached_property
    def days(self) -> list[date]:
        """The day each month's state is taken: its last one, today in the open month."""
        return [self.source.calendar.day_of(month) for month in self.months]

    @cached_property
    def day_numbers(self) -> Array:
        """``days`` as proleptic ordinals."""
        return np.array([day.toordinal() for day in self.days])

    @cached_property
    def month_starts(self) -> Array:
        """First day of each month as proleptic ordinal."""
        return np.array([first_day(month).toordinal() for month in self.months])

    def has(self, *tables: str) -> bool:
        """Whether all of the tables are connected."""
        return not self.source.missing.intersection(tables)

    def numbers(self, statement: sa.Select[Any]) -> Iterator[Array]:
        """Pages of a statement whose columns are numbers, as arrays rows × columns; NULL is NaN.

        Read past the result processors: millions of rows at a time.
        """
        cursor = self.source.connection.execute(statement).cursor
        assert cursor is not None
        width = len(statement.selected_columns)
        while rows := cursor.fetchmany(PAGE):
            yield np.array(rows, dtype=float).reshape(len(rows), width)


def dated(column: sa.ColumnElement[Any]) -> sa.ColumnElement[int]:
    """The month of a date as the number facts are told by."""
    return month_number(column)


def ordinal(day: date | datetime | None, absent: int = 0) -> int:
    """A date as proleptic ordinal."""
    return absent if day is None else day.toordinal()
