"""Study: hours by month, how branches differ, courses begun and completed, quizzes, use of the library."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from data.clock import months_between
from data.queries.leadership.sums import Row
from data.queries.leadership.town_tallies import Cells, of_place
from data.readmodel.scoped import BRANCH_TYPES, Place, ScopedReader

# Class hours of a year asked of every member.
TARGET_HOURS = 32
COLUMNS = (
    "members", "study_hours", "online_hours", "class_hours", "study_sessions", "studied_in_quarter",
    "normal_members", "under_45", "under_45_registered", "in_service_online", "in_service_members",
)  # fmt: skip
# Hours per member, upper ends of all bands but the last.
BANDS = (8, 16, 24, 32)
ROW_CAP = 10_000


@dataclass(frozen=True)
class Pair:
    """A part of a whole."""

    part: float
    of: float

    @property
    def share(self) -> float | None:
        """Part ÷ whole; None without a whole."""
        return self.part / self.of if self.of else None


@dataclass(frozen=True)
class BranchHours:
    """Hours of a branch's members from January on, and its members at the end."""

    place: Place
    hours: float | None
    members: float | None

    @property
    def each(self) -> float | None:
        """Per member; None without members or without data."""
        return None if self.hours is None or not self.members else self.hours / self.members


@dataclass(frozen=True)
class Quizzes:
    """Attempts of one month: taken, passed, sum of score ÷ full score."""

    month: str
    taken: float
    passed: float
    score: float

    @property
    def pass_share(self) -> float | None:
        """Passed ÷ taken."""
        return self.passed / self.taken if self.taken else None

    @property
    def mean_score(self) -> float | None:
        """Of a hundred."""
        return self.score / self.taken * 100 if self.taken else None


def pace(month: str) -> float:
    """What an even pace asks of a member from January to the end of this month."""
    return TARGET_HOURS * int(month[5:]) / 12


def hours_so_far(months: dict[str, Row], month: str, name: str = "study_hours") -> float | None:
    """Hours per member from January to this month; None from the first month without data on."""
    span = months_between(f"{month[:4]}-01", month)
    values = [months[one][name] if one in months else None for one in span]
    members = months[month]["members"] if month in months else None
    if not members or any(value is None for value in values):
        return None
    return sum(value or 0 for value in values) / members


def branches(reader: ScopedReader, place: Place, month: str) -> list[BranchHours]:
    """Active branches at or below this organisation in tree order, with their hours from January to this month."""
    n, b = reader.nodes, reader.branch_months
    at_last = b.c.period_month == month
    of_year = (
        sa.select(
            b.c.org_id,
            sa.func.sum(b.c.study_hours).label("hours"),
            sa.func.max(sa.case((at_last, b.c.members))).label("members"),
        )
        .where(b.c.period_month >= f"{month[:4]}-01", b.c.period_month <= month)
        .group_by(b.c.org_id)
        .having(sa.func.max(sa.case((at_last, b.c.active))) == 1)
        .subquery("of_year")
    )
    query = (
        sa.select(*(n.c[name] for name in Place.__dataclass_fields__), of_year.c.hours, of_year.c.members)
        .select_from(n.join(of_year, of_year.c.org_id == n.c.org_id))
        .where(n.c.position >= place.position, n.c.position < place.subtree_end)
        .where(n.c.org_type.in_(BRANCH_TYPES))
        .order_by(n.c.position)
        .limit(ROW_CAP)
    )
    wide = len(Place.__dataclass_fields__)
    return [BranchHours(Place(*row[:wide]), *row[wide:]) for row in reader.rows(query)]


def distribution(found: Sequence[BranchHours]) -> list[int]:
    """Branches by band of hours per member; one more band than BANDS."""
    counts = [0] * (len(BANDS) + 1)
    for one in found:
        if one.each is not None:
            counts[sum(one.each >= upper for upper in BANDS)] += 1
    return counts


def courses(reader: ScopedReader, place: Place, first: str, last: str) -> dict[str, Pair] | None:
    """Category → courses completed of those begun in the months, most begun first; None without a town."""
    found = of_place(reader, place, "course_study", first, last)
    if found is None:
        return None
    started, completed = _by_key(found, "started|"), _by_key(found, "completed|")
    pairs = {kind: Pair(completed.get(kind, 0.0), n) for kind, n in started.items()}
    return dict(sorted(pairs.items(), key=lambda item: (-item[1].of, item[0])))


def quizzes(reader: ScopedReader, place: Place, first: str, last: str) -> list[Quizzes] | None:
    """Months with an attempt, oldest first; None without a town."""
    found = of_place(reader, place, "quizzes", first, last)
    if found is None:
        return None
    return [
        Quizzes(
            month,
            *(
                sum(n for (m, key), n in found.items() if m == month and key.startswith(what))
                for what in ("taken|", "passed|", "score|")
            ),
        )
        for month in sorted({month for month, _ in found})
    ]


def use(reader: ScopedReader, place: Place, first: str, last: str) -> dict[str, dict[str, float]] | None:
    """Resource kind → month → bookings used; None without a town."""
    found = of_place(reader, place, "resource_use", first, last)
    if found is None:
        return None
    kinds: dict[str, dict[str, float]] = {}
    for (month, kind), n in found.items():
        kinds.setdefault(kind, {})[month] = n
    return dict(sorted(kinds.items(), key=lambda item: (-sum(item[1].values()), item[0])))


def ahead(reader: ScopedReader, place: Place) -> dict[date, float] | None:
    """Bookings of the next 30 days by day; None without a town."""
    found = of_place(reader, place, "bookings_ahead", "", "")
    if found is None:
        return None
    days: dict[date, float] = {}
    for (_, key), n in found.items():
        day = date.fromisoformat(key.partition("|")[0])
        days[day] = days.get(day, 0.0) + n
    return days


def _by_key(cells: Cells, prefix: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for (_, key), n in cells.items():
        if key.startswith(prefix):
            kind = key.removeprefix(prefix)
            found[kind] = found.get(kind, 0.0) + n
    return found
