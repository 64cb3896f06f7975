"""Volunteer service: hours and participation by month, and the needs that still look for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from data.queries.figure_parts import Asked
from data.queries.figures_of_month import Amount, closed_month, district_months, trend_months
from data.queries.listed import Line, listed
from data.queries.small_cells import share_of_persons
from data.readmodel.reader import Reader
from data.scope import Scope

CLOSED_MONTHS = 12
ROWS = 6
_COLUMNS = ("volunteer_hours", "served_in_month", "normal_members")


@dataclass(frozen=True)
class ServiceMonth:
    """One month: hours, and the share 0-1 of members normally active who served in it."""

    month: str
    hours: Amount
    participation: Amount


@dataclass(frozen=True)
class Volunteering:
    """``months`` are closed, oldest first; ``running`` is the open one. Needs by kind, most first.

    ``open_needs`` is 0 where all have found their people; ``newest`` are lines of the newest, never of persons.
    """

    months: tuple[ServiceMonth, ...]
    running: ServiceMonth
    year_hours: Amount
    open_needs: Amount
    kinds: tuple[tuple[str, float], ...]
    newest: tuple[Line, ...]

    @property
    def hours_change(self) -> float | None:
        """Hours of the last closed month against the month before."""
        return self.months[-1].hours.minus(self.months[-2].hours)

    @property
    def participation_change(self) -> float | None:
        """Participation of the last closed month against the month before."""
        return self.months[-1].participation.minus(self.months[-2].participation)


def load(reader: Reader, scope: Scope) -> Volunteering:
    """Sums of the district; in reception a need of an organisation that is not public stands under its town."""
    open_month = reader.version.open_month
    span = trend_months(closed_month(reader), CLOSED_MONTHS)
    rows = district_months(reader, _COLUMNS, span[0])
    asked = Asked(reader, scope.with_focus(None), open_month)
    needs = asked.tally("service_needs", asked.months_of("service_needs"))
    kinds = _open_by_kind(needs or {})
    return Volunteering(
        months=tuple(_month(month, rows.get(month, {}), scope) for month in span),
        running=_month(open_month, rows.get(open_month, {}), scope),
        year_hours=Amount.of(asked.measures("volunteer_hours", months=asked.year_to_date)["volunteer_hours"]),
        open_needs=Amount.of(None if needs is None else sum(n for _, n in kinds)),
        kinds=kinds,
        newest=listed(reader, scope, "open_needs", ROWS),
    )


def _month(month: str, row: Mapping[str, float | None], scope: Scope) -> ServiceMonth:
    """Visitors read no share that tells of one to four persons."""
    served, all_ = row.get("served_in_month"), row.get("normal_members")
    share = Amount.ratio(served, all_)
    if not scope.names_lights and share.state == "value":
        share = Amount.of(share_of_persons(served, all_))
    return ServiceMonth(month, Amount.of(row.get("volunteer_hours")), share)


def _open_by_kind(needs: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    """Keys are "<status>|<service_kind>"."""
    kinds = {key.removeprefix("open|"): n for key, n in needs.items() if key.startswith("open|") and n}
    return tuple(sorted(kinds.items(), key=lambda pair: (-pair[1], pair[0])))
