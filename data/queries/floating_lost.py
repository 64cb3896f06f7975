"""Members out of reach and on the move: three programmes as rates, cases of lost contact, reports by quarter."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from data.clock import add_months
from data.queries.figure_parts import Asked, of_persons
from data.queries.figure_parts import count as part_of
from data.queries.figures_of_month import Amount, Months, amount_of, district_months
from data.readmodel.reader import Reader
from data.readmodel.schema import months
from data.scope import Scope

QUARTERS = 8
_COLUMNS = ("floating_due", "floating_reported", "in_community_in_quarter", "in_service_members")


@dataclass(frozen=True)
class Programme:
    """One of the three: its rate, and for staff the two counts it is made of."""

    rate: Amount
    done: Amount | None
    due: Amount | None


@dataclass(frozen=True)
class LostContact:
    """Cases so far: all, found, taken into an organisation, as shares of all; for staff counts (None: not told)."""

    found_share: Amount
    integrated_share: Amount
    total: Amount | None
    found: Amount | None
    integrated: Amount | None


@dataclass(frozen=True)
class FloatingLost:
    """``quarters`` are the last months of the last closed quarters, oldest first, with the rate of reports."""

    quarter: str
    kite: Programme
    homecoming: Programme
    vanguard: Programme
    lost: LostContact
    quarters: tuple[tuple[str, Amount], ...]


def load(reader: Reader, scope: Scope) -> FloatingLost:
    """The district; visitors get rates and no count."""
    asked = Asked(reader, scope.with_focus(None), reader.version.open_month)
    last = last_quarter(asked.month)
    ends = _quarters(reader, last)
    rows = district_months(reader, _COLUMNS, ends[0])
    lost = _lost(asked)
    return FloatingLost(
        last,
        _programme(rows, last, "floating_reported", "floating_due", scope),
        Programme(lost.found_share, lost.found, lost.total),
        _programme(rows, last, "in_community_in_quarter", "in_service_members", scope),
        lost,
        tuple((end, amount_of(rows, end, "floating_reported", over="floating_due")) for end in ends),
    )


def _quarters(reader: Reader, last: str) -> list[str]:
    """Last months of the quarters up to this one, oldest first; none that began before the first month we know."""
    first = reader.connection.execute(sa.select(sa.func.min(months.c.period_month))).scalar_one() or last
    ends = [add_months(last, -3 * back) for back in reversed(range(QUARTERS))]
    return [end for end in ends if add_months(end, -2) >= first] or [last]


def last_quarter(month: str) -> str:
    """Last month of the last quarter that closed before this month's end."""
    return add_months(month, -(int(month[5:]) % 3 or 3))


def _programme(rows: Months, month: str, done: str, due: str, scope: Scope) -> Programme:
    rate = amount_of(rows, month, done, over=due)
    if not scope.names_lights:
        return Programme(rate, None, None)
    parts = [part_of(name, "members", rows.get(month, {}).get(name)) for name in (done, due)]
    return Programme(rate, *(part.amount for part in parts))


def _lost(asked: Asked) -> LostContact:
    found = asked.tally("lost_contact")
    if found is None:
        missing = Amount("nodata")
        return LostContact(missing, missing, *(missing if asked.scope.names_lights else None,) * 3)
    keys = ("total", "found", "integrated")
    total, traced, taken = (found.get(key, 0.0) for key in keys)
    shares = Amount.ratio(traced, total), Amount.ratio(taken, total)
    if not asked.scope.names_lights:
        return LostContact(*shares, None, None, None)
    counts = of_persons(asked, [part_of(key, "members", found.get(key, 0.0)) for key in keys])
    return LostContact(*shares, *(part.amount for part in counts))
