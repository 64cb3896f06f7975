"""What a headline figure is made of, and what the figures are asked with: measures of a month and sums of tallies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import sqlalchemy as sa

from data.clock import add_months, months_between
from data.queries.figures_of_month import Amount
from data.queries.small_cells import small_cells
from data.readmodel.reader import Reader
from data.readmodel.schema import org_months, tallies, town_months
from data.scope import Scope

DISTRICT, NOW = 0, ""


@dataclass(frozen=True)
class Part:
    """One number of a figure. ``withheld``: a cell of 1-4 persons, or the one that would give it away."""

    key: str
    unit: str
    amount: Amount
    withheld: bool = False


@dataclass(frozen=True)
class Asked:
    """The district or, with a focus, one town of it, in one month."""

    reader: Reader
    scope: Scope
    month: str

    @property
    def town(self) -> int:
        """Town of the tallies: 0 is the whole district."""
        return self.scope.focus_town or DISTRICT

    @cached_property
    def year_to_date(self) -> list[str]:
        """Months of the calendar year up to the asked one."""
        return months_between(f"{self.month[:4]}-01", self.month)

    def measures(self, *names: str, months: Iterable[str] | None = None) -> Mapping[str, float | None]:
        """Columns of the area summed over the months (the asked one); None where no month has a value."""
        span = [self.month] if months is None else list(months)
        town = self.scope.focus_town
        table = org_months if town is None else town_months
        place = table.c.org_id == self.reader.root_org_id if town is None else table.c.town_id == town
        columns = [sa.func.sum(table.c[name]).label(name) for name in names]
        row = self.reader.connection.execute(
            sa.select(*columns).where(place, table.c.period_month.in_(span))
        ).one()
        return dict(row._mapping)

    def tally(
        self, name: str, months: Iterable[str] = (NOW,), prefix: str = ""
    ) -> Mapping[str, float] | None:
        """Values by key, without the prefix, summed over the months; None when the tally has no rows at all."""
        t = tallies.c
        statement = (
            sa.select(t.key, sa.func.sum(t.value))
            .where(t.tally == name, t.town_id == self.town, t.period_month.in_(list(months)))
            .group_by(t.key)
        )
        rows = self.reader.connection.execute(statement).all()
        if not rows and not self._is_known(name):
            return None
        return {key.removeprefix(prefix): value for key, value in rows if key.startswith(prefix)}

    def _is_known(self, name: str) -> bool:
        found = self.reader.connection.execute(
            sa.select(tallies.c.key).where(tallies.c.tally == name, tallies.c.town_id == DISTRICT).limit(1)
        )
        return found.first() is not None

    def months_of(self, name: str) -> list[str]:
        """Months up to the asked one the tally has rows of, oldest first."""
        t = tallies.c
        statement = sa.select(t.period_month).where(
            t.tally == name, t.town_id == self.town, t.period_month <= self.month, t.period_month != NOW
        )
        return sorted(self.reader.connection.execute(statement.distinct()).scalars())

    def before(self, months: int = 1) -> str:
        """The month so many months before the asked one."""
        return add_months(self.month, -months)


Figure = Callable[[Asked], list[Part]]


def count(key: str, unit: str, value: float | None) -> Part:
    """A number; None is a missing feed."""
    return Part(key, unit, Amount.of(value))


def share(key: str, numerator: float | None, denominator: float | None, unit: str = "ratio") -> Part:
    """A quotient of sums; na where the denominator is 0."""
    return Part(key, unit, Amount.ratio(numerator, denominator))


def counts(found: Mapping[str, float] | None, unit: str, keys: Iterable[str] = ()) -> list[Part]:
    """One part per key, those of ``keys`` first and 0 where absent; a single ``total`` without data."""
    if found is None:
        return [Part("total", unit, Amount("nodata"))]
    ordered = [*keys, *sorted(set(found) - set(keys))]
    return [count(key, unit, found.get(key, 0.0)) for key in ordered]


def of_persons(asked: Asked, parts: list[Part]) -> list[Part]:
    """Outside the drill-down cells of 1-4 persons are withheld, and what would give them away."""
    if asked.scope.mode == "drill_down":
        return parts
    hidden = small_cells({part.key: part.amount.value or 0 for part in parts}).hidden
    return [
        replace(part, amount=Amount("nodata"), withheld=True) if part.key in hidden else part
        for part in parts
    ]
