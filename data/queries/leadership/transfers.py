"""Transfers of membership and members out of reach: flows, where steps wait and how long, how long it took, who is
missed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from data.queries.leadership.town_tallies import of_place, summed
from data.queries.transfer_flow import Flow, merged_flows
from data.readmodel.scoped import Place, ScopedReader

STEPS = (
    "branch_register",
    "out_committee_review",
    "district_review",
    "in_committee_review",
    "branch_accept",
    "receipt",
)
# Lower edges of the ages of a waiting step, whole days.
AGES = (0, 3, 8, 16, 31)
DIRECTIONS = ("within", "in", "out")


@dataclass(frozen=True)
class Waiting:
    """Steps of one kind that wait today, by age in the order of `AGES`, and how many are past their limit."""

    step: str
    by_age: tuple[int, ...]
    overdue: int

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.by_age)


@dataclass(frozen=True)
class Days:
    """Completed transfers of the year to date by whole days from application to completion, ascending."""

    counts: Mapping[int, int]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts.values())

    @property
    def median(self) -> float | None:
        """The middle one, of an even number the mean of the middle two; None without any."""
        if not self.total:
            return None
        low, high = (self._at(n) for n in ((self.total - 1) // 2, self.total // 2))
        return (low + high) / 2

    def _at(self, rank: int) -> int:
        seen = 0
        for days, n in self.counts.items():
            seen += n
            if seen > rank:
                return days
        raise IndexError(rank)


@dataclass(frozen=True)
class Lost:
    """Cases of lost contact so far: taken into an organisation, found and not yet taken in, still looked for, ended
    otherwise; the four add up to ``total``."""

    total: int
    integrated: int
    found: int
    searching: int

    @property
    def other(self) -> int:
        """Cases that ended otherwise."""
        return max(0, self.total - self.integrated - self.found - self.searching)


def flows(
    reader: ScopedReader, place: Place, month: str
) -> tuple[tuple[Flow, ...], Mapping[str, str]] | None:
    """Of the calendar year to the month, none below five members, and the names of towns; the district's alone: None
    for any other place."""
    if place.parent_org_id is not None:
        return None
    found = of_place(reader, place, "transfer_flow", f"{month[:4]}-01", month)
    if found is None:
        return None
    t = reader.towns.c
    rows = reader.rows(sa.select(t.town_id, t.name, t.code))
    sums: dict[str, float] = {}
    for (_, key), n in found.items():
        sums[key] = sums.get(key, 0.0) + n
    here = min((row.code for row in rows), default="")
    return merged_flows(sums, here), {str(row.town_id): row.name for row in rows}


def waiting(reader: ScopedReader, place: Place) -> list[Waiting] | None:
    """By kind of step in the order a transfer passes them, those that wait nowhere left out; None where the place has
    no distribution of its own."""
    ages = of_place(reader, place, "transfers_waiting", "", "")
    late = of_place(reader, place, "transfers_open", "", "")
    if ages is None or late is None:
        return None
    found = [
        Waiting(
            step,
            tuple(round(summed(ages, [f"{step}|{low}"])) for low in AGES),
            round(summed(late, [f"{step}|overdue"])),
        )
        for step in STEPS
    ]
    return [one for one in found if one.total]


def days(reader: ScopedReader, place: Place, month: str) -> Days | None:
    """Of the calendar year to the month; None where the place has no distribution of its own."""
    found = of_place(reader, place, "transfer_days", f"{month[:4]}-01", month)
    if found is None:
        return None
    counts: dict[int, int] = {}
    for (_, key), n in found.items():
        counts[int(key)] = counts.get(int(key), 0) + round(n)
    return Days(dict(sorted(counts.items())))


def done(reader: ScopedReader, place: Place, first: str, last: str) -> dict[str, dict[str, float]] | None:
    """Completed transfers by month and direction, months without any absent; None as with `days`."""
    found = of_place(reader, place, "transfers_done", first, last)
    if found is None:
        return None
    months: dict[str, dict[str, float]] = {}
    for (month, direction), n in found.items():
        months.setdefault(month, {})[direction] = n
    return months


def lost(reader: ScopedReader, place: Place) -> Lost | None:
    """All cases registered so far, as they stand today; None without any or as with `days`."""
    found = of_place(reader, place, "lost_contact", "", "")
    if not found:
        return None
    keys = ("total", "status|integrated", "status|found", "status|searching")
    return Lost(*(round(summed(found, [key])) for key in keys))


def own_reviews(reader: ScopedReader, places: Sequence[Place], month: str) -> dict[int, tuple[float, float]]:
    """Committee → its own reviews past their limit, and those due within two days; those without a row are absent."""
    c = reader.committee_months.c
    query = sa.select(c.org_id, c.transfer_overdue, c.transfer_due_soon).where(
        c.org_id.in_([place.org_id for place in places]), c.period_month == month
    )
    return {row.org_id: (row[1], row[2]) for row in reader.rows(query) if row[1] is not None}
