"""What stands directly below an organisation, areas and branches alike, with measures and lights month by month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from data.queries.area_lights import area_light
from data.queries.leadership.sums import ROW_CAP, Row
from data.readmodel.light import Light
from data.readmodel.scoped import BRANCH_TYPES, Place, ScopedReader

Months = Mapping[str, Row]
_PLACE = tuple(Place.__dataclass_fields__)


def measures_below(
    reader: ScopedReader, place: Place, names: Sequence[str], first: str, last: str
) -> list[tuple[Place, Months]]:
    """Children in tree order with additive measures by month, both ends included; those without any month are left
    out. Together they add up to the place as the tree stands today."""
    found: dict[int, tuple[int, Place, dict[str, Row]]] = {}
    for table in (reader.org_months, reader.branch_months):
        columns = (table.c.period_month, *(table.c[name] for name in names))
        for row in _children(reader, place, table, columns, first, last):
            one = Place(*row[: len(_PLACE)])
            month, *values = row[len(_PLACE) :]
            months = found.setdefault(one.org_id, (one.position, one, {}))[2]
            months[month] = dict(zip(names, values, strict=True))
    return [(one, months) for _, one, months in sorted(found.values(), key=lambda kept: kept[0])]


def lights_below(
    reader: ScopedReader, place: Place, indicator: str, first: str, last: str
) -> dict[tuple[int, str], Light]:
    """(child, month) → light: of a branch its own, of an area the one that follows from its branches."""
    r, o = reader.branch_results, reader.org_months
    own = (r.c.period_month, r.c[f"{indicator}_light"])
    sums = (o.c.period_month, *(o.c[f"{indicator}_{part}"] for part in ("red", "yellow", "value_count")))
    lights: dict[tuple[int, str], Light] = {}
    for row in _children(reader, place, r, own, first, last):
        month, light = row[len(_PLACE) :]
        if light is not None:
            lights[row.org_id, month] = Light(int(light))
    for row in _children(reader, place, o, sums, first, last):
        month, red, yellow, judged = row[len(_PLACE) :]
        if judged is not None:
            lights[row.org_id, month] = area_light(red or 0, yellow or 0, judged)
    return lights


def _children(
    reader: ScopedReader,
    place: Place,
    table: sa.Subquery,
    columns: Sequence[sa.ColumnElement[Any]],
    first: str,
    last: str,
) -> list[Any]:
    n, month = reader.nodes.c, table.c.period_month
    kinds = (
        n.org_type.in_(BRANCH_TYPES) if table is not reader.org_months else n.org_type.not_in(BRANCH_TYPES)
    )
    query = (
        sa.select(*(n[name] for name in _PLACE), *columns)
        .select_from(reader.nodes.join(table, table.c.org_id == n.org_id))
        .where(reader.below(place, direct=True), kinds, month >= first, month <= last)
        .order_by(n.position)
        .limit(ROW_CAP)
    )
    return reader.rows(query)
