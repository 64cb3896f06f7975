"""Volunteer service for visitors: where help is wanted, what was done, hours of the last year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from data.queries.figure_parts import Asked
from data.queries.figures_of_month import closed_month, district_months, trend_months
from data.queries.kiosk.cells import whole
from data.queries.listed import Line, listed
from data.queries.small_cells import share_of_persons
from data.readmodel.reader import Reader
from data.scope import Scope

MONTHS, NEEDS = 12, 12


@dataclass(frozen=True)
class Service:
    """``months``: hours by closed month, oldest first; ``kinds``: (service kind, open, done this year), most open
    first; ``needs`` newest first, ``amount`` is how many people are looked for."""

    months: tuple[tuple[str, int | None], ...]
    year_hours: int | None
    open_needs: int | None
    done_needs: int | None
    participation: float | None
    kinds: tuple[tuple[str, int, int], ...]
    needs: tuple[Line, ...]


def load(reader: Reader) -> Service:
    """Sums of the district. A need of help for somebody has no title here: it may say for whom."""
    asked = Asked(reader, Scope("kiosk"), reader.version.open_month)
    span = trend_months(closed_month(reader), MONTHS)
    rows = district_months(reader, ("volunteer_hours", "served_in_month", "normal_members"), span[0])
    ever = asked.tally("service_needs", asked.months_of("service_needs"))
    this_year = asked.tally("service_needs", asked.year_to_date)
    kinds = _kinds(ever or {}, this_year or {})
    last = rows.get(span[-1], {})
    served, active = last.get("served_in_month"), last.get("normal_members")
    return Service(
        months=tuple((month, whole(rows.get(month, {}).get("volunteer_hours"))) for month in span),
        year_hours=whole(asked.measures("volunteer_hours", months=asked.year_to_date)["volunteer_hours"]),
        open_needs=None if ever is None else sum(n for _, n, _ in kinds),
        done_needs=None if this_year is None else sum(n for _, _, n in kinds),
        participation=share_of_persons(served, active),
        kinds=kinds,
        needs=listed(reader, Scope("kiosk"), "open_needs", NEEDS),
    )


def _kinds(ever: Mapping[str, float], this_year: Mapping[str, float]) -> tuple[tuple[str, int, int], ...]:
    """Keys of both are "<status>|<service_kind>"."""
    waiting = {key.removeprefix("open|"): n for key, n in ever.items() if key.startswith("open|")}
    done = {key.removeprefix("done|"): n for key, n in this_year.items() if key.startswith("done|")}
    rows = ((kind, round(waiting.get(kind, 0)), round(done.get(kind, 0))) for kind in {*waiting, *done})
    return tuple(sorted(rows, key=lambda row: (-row[1], -row[2], row[0])))
