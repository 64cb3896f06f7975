"""The membership over two years: its total, what it gained or lost by month, and what the members work as."""

from __future__ import annotations

from dataclasses import dataclass

from data.clock import add_months
from data.queries.district_figures import figure
from data.queries.district_figures_register import OCCUPATIONS
from data.queries.figure_parts import Part
from data.queries.figures_of_month import TREND_MONTHS, Amount, amount_of, district_months, trend_months
from data.queries.small_cells import SMALLEST_SHOWN
from data.readmodel.reader import Reader
from data.scope import Scope

_COLUMNS = ("members", "admitted", "moved_in", "moved_out")


@dataclass(frozen=True)
class MemberMonth:
    """One month: members at its end, and the change against the month before (None: not known)."""

    month: str
    members: float | None
    net: float | None


@dataclass(frozen=True)
class MemberTrend:
    """Months oldest first, the open one last; occupations largest first, ``None`` values are withheld.

    ``year_change`` is against the month twelve months earlier; ``occupations`` is empty without the feed.
    """

    total: Amount
    year_change: float | None
    months: tuple[MemberMonth, ...]
    admitted: Amount
    occupations: tuple[Part, ...]


def load(reader: Reader, scope: Scope) -> MemberTrend:
    """The district; the same for staff and visitors, cells of 1-4 withheld."""
    month = reader.version.open_month
    span = trend_months(month, TREND_MONTHS + 1)
    rows = district_months(reader, _COLUMNS, add_months(span[0], -1))
    amounts = {one: amount_of(rows, one, "members") for one in (add_months(span[0], -1), *span)}
    months = tuple(
        MemberMonth(one, amounts[one].value, amounts[one].minus(amounts[add_months(one, -1)])) for one in span
    )
    parts = figure(reader, scope.with_focus(None), "d_member_by_occupation", month)
    told = [part for part in parts if part.key in OCCUPATIONS and (part.withheld or part.amount.value)]
    admitted = [rows.get(one, {}).get("admitted") for one in span if one[:4] == month[:4]]
    known = [n for n in admitted if n is not None]
    return MemberTrend(
        amounts[month],
        amounts[month].minus(amounts[add_months(month, -12)]),
        months,
        Amount("nodata") if 0 < sum(known) < SMALLEST_SHOWN else Amount.of(sum(known) if known else None),
        tuple(sorted(told, key=lambda part: -(part.amount.value or 0))),
    )
