"""Distributions of an organisation that is the whole district or keeps a whole town."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from data.readmodel.scoped import Place, ScopedReader

# (month or "", key) → value.
Cells = dict[tuple[str, str], float]
DISTRICT = 0


def town_of(reader: ScopedReader, place: Place) -> int | None:
    """The town whose rows are this organisation's: 0 the district's; None for what stands below a town's committee, for
    what keeps no town and for a town of which the viewer sees a part only."""
    if place.parent_org_id is None:
        return DISTRICT if reader.viewer.is_of_district else None
    return place.town_id if place.depth == 1 and place.town_id in reader.whole_towns else None


def of_place(
    reader: ScopedReader, place: Place, tally: str, first: str = "", last: str = "9999-99"
) -> Cells | None:
    """Cells of a tally from one month to another, both included ("" is the present); None where the organisation has no
    rows of its own, empty where nothing was counted."""
    town = town_of(reader, place)
    if town is None:
        return None
    t = reader.tallies.c
    query = sa.select(t.period_month, t.key, t.value).where(
        t.tally == tally, t.town_id == town, t.period_month >= first, t.period_month <= last
    )
    return {(row.period_month, row.key): row.value for row in reader.rows(query)}


def of_towns(
    reader: ScopedReader, place: Place, tally: str, first: str = "", last: str = "9999-99"
) -> list[tuple[Place, Cells]]:
    """The same of every town's committee at or below this organisation, in tree order; those without a cell too."""
    committees = _committees(reader, place)
    found: dict[int, Cells] = {town: {} for town in {one.town_id or DISTRICT for one in committees}}
    t = reader.tallies.c
    query = sa.select(t.town_id, t.period_month, t.key, t.value).where(
        t.tally == tally, t.town_id.in_(found), t.period_month >= first, t.period_month <= last
    )
    for row in reader.rows(query):
        found[row.town_id][row.period_month, row.key] = row.value
    return [(one, found[one.town_id or DISTRICT]) for one in committees]


def summed(cells: Cells, keys: Sequence[str] | None = None) -> float:
    """The sum of these keys over all months of the cells; None takes every key."""
    return sum(value for (_, key), value in cells.items() if keys is None or key in keys)


def _committees(reader: ScopedReader, place: Place) -> list[Place]:
    """Committees of towns, one a town: the first in the tree where several stand in one."""
    n = reader.nodes.c
    query = (
        sa.select(*(n[name] for name in Place.__dataclass_fields__))
        .where(n.depth == 1, n.town_id.is_not(None))
        .where(n.position >= place.position, n.position < place.subtree_end)
        .order_by(n.position)
    )
    first: dict[int, Place] = {}
    for row in reader.rows(query):
        one = Place(*row)
        first.setdefault(one.town_id or DISTRICT, one)
    return list(first.values())
