"""How many branches have a light, how that changed over a year, how much is put right, and whom it reminded."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from data.clock import add_months, cutoff
from data.queries.figure_parts import Asked
from data.queries.figures_of_month import (
    Amount,
    amount_of,
    closed_month,
    district_months,
    trend_months,
)
from data.queries.key_figures_right import CLOSED_RATE_MONTHS
from data.readmodel.reader import Reader
from data.readmodel.schema import org_warnings
from data.scope import Scope

TREND_MONTHS = 12


@dataclass(frozen=True)
class LitMonth:
    """Branches red and yellow at the end of a closed month; None: no data."""

    month: str
    red: float | None
    yellow: float | None


@dataclass(frozen=True)
class Reminded:
    """Organisations reminded of their meetings in a calendar year that has ended; members ever, for staff alone."""

    year: int
    organisations: int
    members: int | None


@dataclass(frozen=True)
class LitBranches:
    """Staff: red and yellow branches now, their shares of the eligible ones, the closed rate; twelve closed months.

    ``reminded`` None: the district's warnings remind no organisation of its meetings.
    """

    red: Amount
    yellow: Amount
    red_share: Amount
    yellow_share: Amount
    months: tuple[LitMonth, ...]
    closed: Amount
    reminded: Reminded | None = None


@dataclass(frozen=True)
class RectifiedTrend:
    """Visitors: the closed rate, and warnings rectified in each of twelve closed months; None: no data."""

    closed: Amount
    months: tuple[tuple[str, float | None], ...]
    reminded: Reminded | None = None


def load(reader: Reader, scope: Scope) -> LitBranches | RectifiedTrend:
    """Reception mode reads no light."""
    month = closed_month(reader)
    closed, reminded = _closed_rate(reader, month), _reminded(reader, scope)
    span = trend_months(month, TREND_MONTHS)
    if not scope.names_lights:
        rectified = district_months(reader, ("warnings_rectified",), span[0])
        trend = tuple((m, rectified.get(m, {}).get("warnings_rectified")) for m in span)
        return RectifiedTrend(closed, trend, reminded)
    now = reader.version.open_month
    rows = district_months(reader, ("red_branches", "yellow_branches", "eligible"), span[0])
    return LitBranches(
        red=amount_of(rows, now, "red_branches"),
        yellow=amount_of(rows, now, "yellow_branches"),
        red_share=amount_of(rows, now, "red_branches", over="eligible"),
        yellow_share=amount_of(rows, now, "yellow_branches", over="eligible"),
        months=tuple(
            LitMonth(m, rows.get(m, {}).get("red_branches"), rows.get(m, {}).get("yellow_branches"))
            for m in span
        ),
        closed=closed,
        reminded=reminded,
    )


def _reminded(reader: Reader, scope: Scope) -> Reminded | None:
    asked = Asked(reader, scope.with_focus(None), reader.version.open_month)
    year = int(asked.month[:4]) - 1
    found = asked.tally("reminders") or {}
    organisations = found.get(f"organisations|{year}")
    if not organisations:
        return None
    members = round(found.get("members", 0.0)) if scope.names_lights else None
    return Reminded(year, round(organisations), members)


def _closed_rate(reader: Reader, month: str) -> Amount:
    """Closed ÷ raised of the warnings raised in three closed months, false alarms left out; na without any."""
    query = sa.select(
        sa.func.count(), sa.func.count(sa.case((org_warnings.c.state == "closed", org_warnings.c.warning_id)))
    ).where(
        org_warnings.c.state != "invalid",
        org_warnings.c.raised_at >= cutoff(add_months(month, -CLOSED_RATE_MONTHS)),
        org_warnings.c.raised_at < cutoff(month),
    )
    raised, closed = reader.connection.execute(query).one()
    return Amount.ratio(closed, raised)
