"""Monthly operation: five series of the last 24 closed months, district level."""

from __future__ import annotations

from dataclasses import dataclass

from data.queries.figures_of_month import Amount, amount_of, closed_month, district_months, trend_months
from data.readmodel.reader import Reader
from data.scope import Scope

# measure → numerator and denominator; without denominator it is a plain sum.
SERIES: dict[str, tuple[str, str | None]] = {
    "hs_b_dues_collection": ("dues_full", "dues_owed"),
    "hs_b_attendance_rate": ("present", "required"),
    "study_hours_per_member": ("study_hours", "members"),
    "volunteer_hours_per_member": ("volunteer_hours", "members"),
    "moved_in": ("moved_in", None),
    "moved_out": ("moved_out", None),
}


@dataclass(frozen=True)
class Series:
    """One measure: ``last`` is its amount in the last closed month, ``values`` one per month, oldest first."""

    measure: str
    last: Amount
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class MonthlyOperation:
    """Series by measure over ``months`` (closed months, oldest first)."""

    months: tuple[str, ...]
    series: dict[str, Series]


def load(reader: Reader, scope: Scope) -> MonthlyOperation:
    """District sums only, the same in every exposure mode; the open month is left out, it is not over."""
    months = trend_months(closed_month(reader))
    columns = tuple(dict.fromkeys(name for pair in SERIES.values() for name in pair if name))
    rows = district_months(reader, columns, months[0])
    found = {}
    for measure, (name, over) in SERIES.items():
        amounts = [amount_of(rows, month, name, over) for month in months]
        found[measure] = Series(measure, amounts[-1], tuple(amount.value for amount in amounts))
    return MonthlyOperation(tuple(months), found)
