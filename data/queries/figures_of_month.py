"""The district's own months and the shape of a key figure: what several panels take from one row per month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa

from data.clock import add_months, months_between
from data.readmodel.reader import Reader
from data.readmodel.schema import branch_months, org_counts, org_months

TREND_MONTHS = 24
BRANCH_TYPES = ("branch", "joint_branch", "temporary_branch")
GRASSROOTS_TYPES = ("party_committee", "general_branch", *BRANCH_TYPES)

# "na": a ratio without a denominator; "nodata": the feed behind it is missing. Neither is zero.
State = Literal["value", "na", "nodata"]
Months = Mapping[str, Mapping[str, float | None]]


@dataclass(frozen=True)
class Amount:
    """One number and whether there is one; a ratio is numerator ÷ denominator of pooled sums."""

    state: State
    value: float | None = None

    @staticmethod
    def of(value: float | None) -> Amount:
        """A count or a sum; None is a missing feed."""
        return Amount("nodata") if value is None else Amount("value", float(value))

    @staticmethod
    def ratio(numerator: float | None, denominator: float | None) -> Amount:
        """Numerator ÷ denominator; na where the denominator is zero, nodata where either is missing."""
        if numerator is None or denominator is None:
            return Amount("nodata")
        return Amount("value", float(numerator) / float(denominator)) if denominator else Amount("na")

    def minus(self, other: Amount) -> float | None:
        """Change against another amount; None when either has no value."""
        if self.value is None or other.value is None:
            return None
        return self.value - other.value


@dataclass(frozen=True)
class KeyFigure:
    """One big number: ``month`` is the month it belongs to, ``change`` is against the month before.

    ``trend`` holds one value per month, oldest first and ending with ``month``; None where there is no value.
    """

    measure: str
    amount: Amount
    month: str
    change: float | None = None
    trend: tuple[float | None, ...] = ()


def closed_month(reader: Reader, back: int = 0) -> str:
    """The last closed month, or the month ``back`` months before it."""
    return add_months(reader.version.open_month, -1 - back)


def month_before_in_year(month: str) -> str | None:
    """The month before within the same year; None for January: yearly points begin again at zero."""
    before = add_months(month, -1)
    return before if before[:4] == month[:4] else None


def trend_months(last: str, count: int = TREND_MONTHS) -> list[str]:
    """The ``count`` months that end with ``last``, oldest first."""
    return months_between(add_months(last, 1 - count), last)


def district_months(reader: Reader, names: tuple[str, ...], first: str) -> Months:
    """Columns of the district's own row by month, from ``first`` to the open month; missing months are absent."""
    columns = [org_months.c[name] for name in names]
    query = sa.select(org_months.c.period_month, *columns).where(
        org_months.c.org_id == reader.root_org_id,
        org_months.c.period_month >= first,
        org_months.c.period_month <= reader.version.open_month,
    )
    rows = reader.connection.execute(query).mappings()
    return {row["period_month"]: {name: row[name] for name in names} for row in rows}


def theme_day_months(reader: Reader, first: str) -> Months:
    """``eligible`` branches and those of them with a theme day (``held``), by month up to the open one.

    Branch by branch: a sum of theme days would count one twice. ``held`` None: the feed is missing.
    """
    held = sa.case((branch_months.c.theme_days >= 1, 1), else_=0)
    unknown = sa.func.sum(sa.case((branch_months.c.theme_days.is_(None), 1), else_=0))
    query = (
        sa.select(
            branch_months.c.period_month.label("month"),
            sa.func.count().label("eligible"),
            sa.func.sum(held).label("held"),
            unknown.label("unknown"),
        )
        .where(branch_months.c.eligible == 1)
        .where(branch_months.c.period_month >= first)
        .where(branch_months.c.period_month <= reader.version.open_month)
        .group_by(branch_months.c.period_month)
    )
    # A month in which no branch has the measure is a missing feed, not a month of failure.
    return {
        row.month: {"eligible": row.eligible, "held": None if row.unknown == row.eligible else row.held}
        for row in reader.connection.execute(query)
    }


def organisation_counts(reader: Reader, first: str, prefix: Literal["type", "sector"]) -> Months:
    """Organisations in being at the end of each month by type or sector code (without the prefix)."""
    query = sa.select(
        org_counts.c.period_month.label("month"), org_counts.c.kind, org_counts.c["count"].label("n")
    ).where(
        org_counts.c.period_month >= first,
        org_counts.c.period_month <= reader.version.open_month,
        org_counts.c.kind.like(f"{prefix}:%"),
    )
    found: dict[str, dict[str, float | None]] = {}
    for row in reader.connection.execute(query):
        found.setdefault(row.month, {})[row.kind.partition(":")[2]] = row.n
    return found


def grassroots(counts: Months, month: str) -> Amount:
    """Grassroots organisations (committees, general branches, branches) of one month."""
    of_month = counts.get(month)
    if not of_month:
        return Amount("nodata")
    return Amount.of(sum(of_month.get(kind) or 0 for kind in GRASSROOTS_TYPES))


def amount_of(months: Months, month: str, name: str, over: str | None = None) -> Amount:
    """One column of one month, or its ratio over another column."""
    row = months.get(month, {})
    if over is None:
        return Amount.of(row.get(name))
    return Amount.ratio(row.get(name), row.get(over))


def figure_of(measure: str, month: str, amounts: Mapping[str, Amount]) -> KeyFigure:
    """A key figure of ``month`` from amounts by month: its change and its trend."""
    here = amounts.get(month, Amount("nodata"))
    before = amounts.get(add_months(month, -1), Amount("nodata"))
    trend = tuple(amounts.get(m, Amount("nodata")).value for m in trend_months(month))
    return KeyFigure(measure, here, month, here.minus(before), trend)
