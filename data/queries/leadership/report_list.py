"""The branches a monthly report is written for, with what it will say at its head."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from data.clock import last_day
from data.readmodel.light import Light
from data.readmodel.scoped import BRANCH_TYPES, Place, ScopedReader

ROW_CAP = 10_000
_PLACE = tuple(Place.__dataclass_fields__)


@dataclass(frozen=True)
class Reported:
    """One branch in a month: its light and score, how many indicators are red and yellow."""

    place: Place
    superior: str
    light: Light
    score: float | None
    red: int
    yellow: int


def load(reader: ScopedReader, place: Place, month: str, indicators: Sequence[str]) -> list[Reported]:
    """Branches in being at the end of the month, in tree order; empty for a month without results."""
    names = [f"{name}_light" for name in indicators if f"{name}_light" in reader.branch_results.c]
    results = reader.columns("branch_results", ["light", "score", *names])
    n, r, parent = reader.nodes.c, results.c, reader.nodes.alias("parent")
    lights = [r[name] for name in names]
    joined = reader.nodes.join(results, r.org_id == n.org_id)
    query = (
        sa.select(*(n[name].label(f"place_{name}") for name in _PLACE))
        .add_columns(
            parent.c.short_name, r.light, r.score, _count(lights, Light.RED), _count(lights, Light.YELLOW)
        )
        .select_from(joined.outerjoin(parent, parent.c.org_id == n.parent_org_id))
        .where(n.position >= place.position, n.position < place.subtree_end, n.org_type.in_(BRANCH_TYPES))
        .where(r.period_month == month)
        .where(sa.or_(n.established_on.is_(None), n.established_on <= last_day(month)))
        .where(sa.or_(n.dissolved_on.is_(None), n.dissolved_on > last_day(month)))
        .order_by(n.position)
        .limit(ROW_CAP)
    )
    wide = len(_PLACE)
    found = []
    for row in reader.rows(query):
        superior, light, score, red, yellow = row[wide:]
        shown = Light.NODATA if light is None else Light(int(light))
        found.append(Reported(Place(*row[:wide]), superior or "", shown, score, int(red), int(yellow)))
    return found


def _count(lights: Sequence[sa.ColumnElement[float]], light: Light) -> sa.ColumnElement[int]:
    total: sa.ColumnElement[int] = sa.literal(0)
    for column in lights:
        total = total + sa.case((column == light, 1), else_=0)
    return total
