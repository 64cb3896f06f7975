"""A number of an organisation as its parts: what stands directly below it and what each of them adds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from data.indicators.entry import Indicator
from data.queries.area_lights import area_light
from data.readmodel.light import Light
from data.readmodel.scoped import BRANCH_TYPES, Place, ScopedReader


@dataclass(frozen=True)
class Below:
    """One organisation directly below: a branch has value, points and light of its own; an area the mean of its
    judged branches, how many are red and yellow, and the light that follows. Of a measure there is only the value."""

    org_id: int
    short_name: str
    is_branch: bool
    value: float | None
    score: float | None = None
    light: Light | None = None
    red: float | None = None
    yellow: float | None = None


def of_indicator(reader: ScopedReader, entry: Indicator, place: Place, month: str) -> list[Below]:
    """In the order of the tree; organisations without a row in the month are left out."""
    if place.is_branch or entry.level != "branch" or f"{entry.id}_value" not in reader.branch_results.c:
        return []
    r, o = reader.branch_results, reader.org_months
    own = [r.c[f"{entry.id}_{part}"] for part in ("value", "score", "light")]
    names = ("value_sum", "value_count", "score_sum", "score_count", "red", "yellow")
    sums = [o.c[f"{entry.id}_{name}"].label(name) for name in names]
    found = {row[0]: row for row in _rows(reader, r, own, place, month)}
    areas = {row.org_id: row for row in _rows(reader, o, sums, place, month)}
    below = []
    for org_id, name, kind in _children(reader, place):
        if kind in BRANCH_TYPES and org_id in found:
            _, value, score, light = found[org_id]
            lit = None if light is None else Light(int(light))
            below.append(Below(org_id, name, True, value, score, lit))
        elif org_id in areas:
            below.append(_area(org_id, name, areas[org_id]))
    return below


def of_measure(reader: ScopedReader, measure: str, place: Place, month: str) -> list[Below]:
    """In the order of the tree; they add up to the number of the place as the tree stands today."""
    if place.is_branch:
        return []
    values: dict[int, float | None] = {}
    for table in (reader.branch_months, reader.org_months):
        if measure in table.c:
            values.update({row[0]: row[1] for row in _rows(reader, table, [table.c[measure]], place, month)})
    return [
        Below(org_id, name, kind in BRANCH_TYPES, values[org_id])
        for org_id, name, kind in _children(reader, place)
        if org_id in values
    ]


def _area(org_id: int, name: str, row: Any) -> Below:
    value = row.value_sum / row.value_count if row.value_count else None
    score = row.score_sum / row.score_count if row.score_count else None
    light = None if row.value_count is None else area_light(row.red, row.yellow, row.value_count)
    return Below(org_id, name, False, value, score, light, row.red, row.yellow)


def _children(reader: ScopedReader, place: Place) -> list[tuple[int, str, str]]:
    n = reader.nodes.c
    query = sa.select(n.org_id, n.short_name, n.org_type).where(reader.below(place, direct=True))
    return [(row.org_id, row.short_name, row.org_type) for row in reader.rows(query.order_by(n.position))]


def _rows(
    reader: ScopedReader, table: sa.Subquery, columns: list[Any], place: Place, month: str
) -> list[Any]:
    n = reader.nodes
    return reader.rows(
        sa.select(table.c.org_id, *columns)
        .select_from(table.join(n, n.c.org_id == table.c.org_id))
        .where(table.c.period_month == month, reader.below(place, direct=True))
    )
