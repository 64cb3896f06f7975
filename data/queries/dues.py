"""Party dues: who paid in full by the cut-off of each of twelve closed months, and how the others stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from data.queries.figures_of_month import Amount, closed_month, district_months, trend_months
from data.readmodel.reader import Reader
from data.scope import Scope

CLOSED_MONTHS = 12
_RATE = ("dues_full", "dues_owed")
_STATES = ("dues_full", "dues_short", "dues_unpaid", "dues_makeup")


@dataclass(frozen=True)
class DuesStates:
    """Members of one dues month by state at its cut-off; ``makeup``: of the short and unpaid, paid in full since."""

    full: Amount
    short: Amount
    unpaid: Amount
    makeup: Amount


@dataclass(frozen=True)
class Dues:
    """Months oldest first with the share 0-1 paid in full; ``states`` is None where only the rate may be shown."""

    months: tuple[str, ...]
    rates: tuple[Amount, ...]
    states: tuple[DuesStates, ...] | None

    @property
    def change(self) -> float | None:
        """Change of the rate in the last closed month against the month before."""
        return self.rates[-1].minus(self.rates[-2])


def load(reader: Reader, scope: Scope) -> Dues:
    """The district as a whole; visitors' screens read the two sums of the rate only, never a state."""
    span = tuple(trend_months(closed_month(reader), CLOSED_MONTHS))
    names = (*_RATE, *_STATES[1:]) if scope.names_lights else _RATE
    rows = district_months(reader, names, span[0])
    rates = tuple(_ratio(rows.get(month, {})) for month in span)
    states = tuple(_states(rows.get(month, {})) for month in span) if scope.names_lights else None
    return Dues(span, rates, states)


def _ratio(row: Mapping[str, float | None]) -> Amount:
    full, owed = (row.get(name) for name in _RATE)
    return Amount.ratio(full, owed)


def _states(row: Mapping[str, float | None]) -> DuesStates:
    return DuesStates(*(Amount.of(row.get(name)) for name in _STATES))
