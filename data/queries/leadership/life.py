"""Organisation life by month and kind: of an organisation, or of its branches in one sector."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from data.queries.leadership.sums import Row, months_of
from data.readmodel.scoped import BRANCH_TYPES, Place, ScopedReader

# Kinds that exclude each other; whatever else was held is the rest of "activities".
KINDS = ("assemblies", "committee_meetings", "group_meetings", "lectures", "theme_days")
ALL = "activities"
COLUMNS = (ALL, *KINDS, "study_sessions", "deliberations", "eligible", "members", "present", "required")


def load(reader: ScopedReader, place: Place, first: str, last: str, sector: str | None) -> dict[str, Row]:
    """Columns by month, both ends included; ``sector`` adds up the branches that stand in it today."""
    if sector is None or place.is_branch:
        return months_of(reader, place, COLUMNS, first, last)
    n, b = reader.nodes, reader.branch_months
    query = (
        sa.select(b.c.period_month, *(sa.func.sum(b.c[name]) for name in COLUMNS))
        .select_from(n.join(b, b.c.org_id == n.c.org_id))
        .where(n.c.position >= place.position, n.c.position < place.subtree_end, n.c.sector == sector)
        .where(b.c.period_month >= first, b.c.period_month <= last)
        .group_by(b.c.period_month)
    )
    return {row[0]: dict(zip(COLUMNS, row[1:], strict=True)) for row in reader.rows(query)}


def sectors(reader: ScopedReader, place: Place) -> dict[str, int]:
    """Branches below by sector, most first."""
    n = reader.nodes.c
    query = (
        sa.select(n.sector, sa.func.count().label("n"))
        .where(reader.below(place), n.org_type.in_(BRANCH_TYPES), n.dissolved_on.is_(None))
        .group_by(n.sector)
        .order_by(sa.desc("n"), n.sector)
    )
    return {row.sector: row.n for row in reader.rows(query)}


def total(months: dict[str, Row], span: Sequence[str], name: str) -> float | None:
    """The sum of a column over months; None as soon as one of them is not known."""
    values = [months[month][name] if month in months else None for month in span]
    return (
        None if not values or any(value is None for value in values) else sum(value or 0 for value in values)
    )
