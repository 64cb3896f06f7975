"""三会一课: done of due of its four kinds over twelve closed months, each in its own period."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from data.clock import add_months
from data.queries.figures_of_month import Amount, Months, closed_month, district_months, trend_months
from data.readmodel.reader import Reader
from data.scope import Scope

CLOSED_MONTHS = 12
Period = Literal["month", "quarter"]
# Institution → the period it is due in (R01, R02, R03, R09).
KINDS: dict[str, Period] = {
    "assembly": "quarter",
    "committee": "month",
    "group": "month",
    "lecture": "quarter",
}


@dataclass(frozen=True)
class Meeting:
    """One kind: one amount per month of the view, None in months that do not close its period."""

    kind: str
    period: Period
    values: tuple[Amount | None, ...]
    months: tuple[str, ...]

    @property
    def closed(self) -> tuple[tuple[str, Amount], ...]:
        """(last month, amount) of each period that has closed, oldest first."""
        pairs = zip(self.months, self.values, strict=True)
        return tuple((month, value) for month, value in pairs if value is not None)

    @property
    def change(self) -> float | None:
        """Change of the newest closed period against the one before."""
        return self.closed[-1][1].minus(self.closed[-2][1]) if len(self.closed) > 1 else None


@dataclass(frozen=True)
class Meetings:
    """The four kinds in the order of 三会一课; months oldest first."""

    months: tuple[str, ...]
    kinds: tuple[Meeting, ...]


def load(reader: Reader, scope: Scope) -> Meetings:
    """Pooled over the district, the same in every exposure mode.

    A quarter counts when it closes: before that whatever is due is what has been done.
    """
    span = tuple(trend_months(closed_month(reader), CLOSED_MONTHS))
    columns = tuple(f"{kind}_{part}" for kind in KINDS for part in ("done", "due"))
    rows = district_months(reader, columns, add_months(span[0], -2))
    return Meetings(
        span,
        tuple(
            Meeting(kind, period, tuple(_value(rows, kind, period, month) for month in span), span)
            for kind, period in KINDS.items()
        ),
    )


def _value(rows: Months, kind: str, period: Period, month: str) -> Amount | None:
    if period == "quarter" and int(month[5:]) % 3:
        return None
    covered = [add_months(month, -k) for k in range(3 if period == "quarter" else 1)]
    done, due = (
        [rows.get(covered_month, {}).get(f"{kind}_{part}") for covered_month in covered]
        for part in ("done", "due")
    )
    return Amount.ratio(_sum(done), _sum(due))


def _sum(values: list[float | None]) -> float | None:
    """A sum with a missing month is missing: half a quarter is no quarter."""
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None
