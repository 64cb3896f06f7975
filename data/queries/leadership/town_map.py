"""The towns of the district, each with how its committee stands in one month."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from data.queries.leadership.sums import Row, committees_below, ratio
from data.readmodel.scoped import Place, ScopedReader

MAX_TOWNS = 60
_SUMS = ("score_sum", "score_count", "members", "eligible", "red_branches", "yellow_branches")


@dataclass(frozen=True)
class Town:
    """A town and its committee, None without one in the month: points 0-100, members, lit and judged branches."""

    name: str
    committee: Place | None
    score: float | None
    members: float | None
    red: float | None
    yellow: float | None
    eligible: float | None


def load(reader: ScopedReader, month: str) -> list[Town]:
    """In the order of their codes; nothing for a viewer of less than the district."""
    if reader.root.depth > 0:
        return []
    t = reader.towns.c
    names = reader.rows(sa.select(t.town_id, t.name).order_by(t.code).limit(MAX_TOWNS))
    found: dict[int, tuple[Place, Row]] = {}
    for place, row in committees_below(reader, reader.root, _SUMS, month):
        # Of two committees of one town the larger one is the town's.
        held = found.get(place.town_id) if place.town_id is not None else None
        if place.town_id is not None and (held is None or (row["members"] or 0) > (held[1]["members"] or 0)):
            found[place.town_id] = (place, row)
    return [_town(row.name, found.get(row.town_id)) for row in names]


def _town(name: str, found: tuple[Place, Row] | None) -> Town:
    if found is None:
        return Town(name, None, None, None, None, None, None)
    place, row = found
    return Town(
        name,
        place,
        ratio(row, "score_sum", "score_count"),
        row["members"],
        row["red_branches"],
        row["yellow_branches"],
        row["eligible"],
    )
