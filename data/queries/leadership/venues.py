"""Venues: how many of which kind, whether every branch has one, what inspections left open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from data.queries.leadership.town_tallies import Cells, of_place, of_towns
from data.readmodel.scoped import Place, ScopedReader

MOST = 500
# What an inspection looks at, in the order of the bits of an open issue.
FLAGS = ("facilities", "rules", "environment", "usage")
COUNTS = ("branches", "with_venue", "inspected", "with_issues", "overdue")


@dataclass(frozen=True)
class Findings:
    """Inspections of a year, flags found not in order, put right, past their limit."""

    inspected: float
    found: float
    rectified: float
    overdue: float

    @property
    def open(self) -> float:
        """Not put right."""
        return self.found - self.rectified

    @property
    def share(self) -> float | None:
        """Put right ÷ found; None where nothing was found."""
        return self.rectified / self.found if self.found else None


@dataclass(frozen=True)
class Venues:
    """Venues by kind, most first; None where the organisation keeps no town."""

    kinds: dict[str, float]
    public: float
    findings: Findings | None

    @property
    def total(self) -> float:
        """Of all kinds."""
        return sum(self.kinds.values())


@dataclass(frozen=True)
class Issue:
    """A venue whose newest inspection left these flags open; ``due_on`` None has no limit."""

    keeper: Place
    kind: str
    venue: str
    flags: tuple[str, ...]
    due_on: date | None


def load(reader: ScopedReader, place: Place) -> Venues | None:
    """Venues today and findings of the last 365 days."""
    found = of_place(reader, place, "venues", "", "")
    findings = of_place(reader, place, "venue_findings", "", "")
    return None if found is None else _venues(found, findings)


def towns(reader: ScopedReader, place: Place) -> list[tuple[Place, Venues]]:
    """The same of every town's committee at or below this organisation."""
    findings = {one.org_id: cells for one, cells in of_towns(reader, place, "venue_findings", "", "")}
    return [
        (one, _venues(cells, findings[one.org_id]))
        for one, cells in of_towns(reader, place, "venues", "", "")
    ]


def _venues(cells: Cells, findings: Cells | None) -> Venues:
    kinds = {key[5:]: n for (_, key), n in cells.items() if key.startswith("kind|")}
    public = sum(n for (_, key), n in cells.items() if key.startswith("public|"))
    names = ("inspected", "found", "rectified", "overdue")
    seen = Findings(*(findings.get(("", name), 0.0) for name in names)) if findings else None
    return Venues(dict(sorted(kinds.items(), key=lambda pair: (-pair[1], pair[0]))), public, seen)


def months(reader: ScopedReader, place: Place, first: str, last: str) -> dict[str, dict[str, int | None]]:
    """`COUNTS` of the active branches by month, both ends included; None without the feed."""
    n, b = reader.nodes, reader.branch_months
    access, inspected, issues, overdue = (
        b.c[name] for name in ("venue_access", "venue_inspected", "venue_issues", "venue_issues_overdue")
    )
    counts = [
        sa.case((sa.func.count(column) == 0, None), else_=sa.func.sum(sa.case((column > 0, 1), else_=0)))
        for column in (access, inspected, issues, overdue)
    ]
    query = (
        sa.select(b.c.period_month, sa.func.count(), *counts)
        .select_from(n.join(b, b.c.org_id == n.c.org_id))
        .where(n.c.position >= place.position, n.c.position < place.subtree_end, b.c.active == 1)
        .where(b.c.period_month >= first, b.c.period_month <= last)
        .group_by(b.c.period_month)
    )
    return {row[0]: dict(zip(COUNTS, row[1:], strict=True)) for row in reader.rows(query)}


def issues(reader: ScopedReader, place: Place) -> list[Issue]:
    """Venues kept at or below this organisation with something left open, most urgent first; at most 500."""
    n, one = reader.nodes, reader.listings.c
    query = (
        sa.select(
            *(n.c[name] for name in Place.__dataclass_fields__), one.kind, one.title, one.amount, one.at
        )
        .select_from(n.join(reader.listings, one.org_id == n.c.org_id))
        .where(one.listing == "venue_issues")
        .where(n.c.position >= place.position, n.c.position < place.subtree_end)
        .order_by(one.position)
        .limit(MOST)
    )
    wide = len(Place.__dataclass_fields__)
    found = []
    for row in reader.rows(query):
        kind, title, bits, at = row[wide:]
        flags = tuple(flag for i, flag in enumerate(FLAGS) if int(bits) >> i & 1)
        found.append(Issue(Place(*row[:wide]), kind, title, flags, None if at is None else at.date()))
    return found


@dataclass(frozen=True)
class Dot:
    """An organisation on the map, degrees."""

    org_id: int
    name: str
    lng: float
    lat: float


def dots(reader: ScopedReader, place: Place) -> list[Dot]:
    """Organisations in being at or below this one that have a place on the map."""
    n = reader.nodes.c
    query = (
        sa.select(n.org_id, n.short_name, n.lng, n.lat)
        .where(n.position >= place.position, n.position < place.subtree_end, n.dissolved_on.is_(None))
        .where(n.lng.is_not(None), n.lat.is_not(None))
        .order_by(n.position)
        .limit(10_000)
    )
    return [Dot(*row) for row in reader.rows(query)]
