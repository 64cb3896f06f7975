"""Where the red and yellow branches are, and which have been red the longest; for the staff only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa

from data.queries.district_map import MAX_TOWNS, Point, TownQuantity
from data.queries.figures_of_month import closed_month
from data.readmodel.reader import Reader
from data.readmodel.results import Light
from data.readmodel.schema import branch_results, nodes, town_months, towns
from data.scope import Scope

MAX_MARKS = 1500
MAX_RED = 10


@dataclass(frozen=True)
class RedBranch:
    """A branch red now; ``months`` in a row up to the last closed one, 0 for a light of this month."""

    town: str | None
    organisation: str
    months: int


@dataclass(frozen=True)
class LightMap:
    """Towns by code with their share of lit branches (0-100); marks yellow before red; longest red first.

    ``red`` and ``yellow`` count all branches with the light, also those without a place on the map.
    """

    towns: tuple[TownQuantity, ...]
    marks: tuple[Point, ...]
    longest: tuple[RedBranch, ...]
    red: int
    yellow: int


def load(reader: Reader, scope: Scope) -> LightMap:
    """Lights of now: the row of the open month. Visitors' screens get the towns' names and nothing else."""
    if not scope.names_lights:
        return LightMap(_towns(reader, lit=False), (), (), 0, 0)
    lit = _lit(reader)
    red = tuple(org for org, light in lit.items() if light >= Light.RED)
    return LightMap(
        _towns(reader, lit=True), _marks(reader, lit), _longest(reader, red), len(red), len(lit) - len(red)
    )


def _towns(reader: Reader, *, lit: bool) -> tuple[TownQuantity, ...]:
    columns = [town_months.c[f"{light}_branches"] for light in ("red", "yellow", "green")] if lit else []
    this_month = sa.and_(
        town_months.c.town_id == towns.c.town_id, town_months.c.period_month == reader.version.open_month
    )
    query = (
        sa.select(towns.c.town_id, towns.c.name, *columns)
        .select_from(towns.outerjoin(town_months, this_month))
        .order_by(towns.c.code)
        .limit(MAX_TOWNS)
    )
    return tuple(
        TownQuantity(town_id, name, _share(*counts))
        for town_id, name, *counts in reader.connection.execute(query)
    )


def _share(*lights: float | None) -> float | None:
    """Red and yellow of red, yellow and green, in percent."""
    known = [light or 0.0 for light in lights]
    return 100 * sum(known[:2]) / sum(known) if sum(known) else None


def _lit(reader: Reader) -> dict[int, float]:
    """Light of every branch red or yellow now, red first, in the order of the tree."""
    query = (
        sa.select(nodes.c.org_id, branch_results.c.light)
        .join(branch_results, branch_results.c.org_id == nodes.c.org_id)
        .where(branch_results.c.period_month == reader.version.open_month)
        .where(branch_results.c.light >= Light.YELLOW)
        .order_by(branch_results.c.light.desc(), nodes.c.position)
    )
    return {row.org_id: row.light for row in reader.connection.execute(query)}


def _marks(reader: Reader, lit: Mapping[int, float]) -> tuple[Point, ...]:
    """Lit branches with a place in a town; where there are too many, yellow ones are left out."""
    shown = list(lit)[:MAX_MARKS]
    query = (
        sa.select(nodes.c.org_id, towns.c.name, nodes.c.lng, nodes.c.lat)
        .join(towns, towns.c.town_id == nodes.c.town_id)
        .where(nodes.c.org_id.in_(shown), nodes.c.lng.is_not(None), nodes.c.lat.is_not(None))
    )
    found = {row.org_id: row for row in reader.connection.execute(query)}
    return tuple(
        Point(found[org].name, found[org].lng, found[org].lat, _level(lit[org]))
        for org in reversed(shown)
        if org in found
    )


def _level(light: float) -> Literal["red", "yellow"]:
    return "red" if light >= Light.RED else "yellow"


def _longest(reader: Reader, red: Sequence[int]) -> tuple[RedBranch, ...]:
    """At most ten; of those red equally long the first of the tree."""
    runs = _months_red(reader, red)
    chosen = sorted(runs, key=lambda org: -runs[org])[:MAX_RED]
    query = (
        sa.select(nodes.c.org_id, towns.c.name, nodes.c.short_name)
        .outerjoin(towns, towns.c.town_id == nodes.c.town_id)
        .where(nodes.c.org_id.in_(chosen))
    )
    found = {row.org_id: row for row in reader.connection.execute(query)}
    return tuple(RedBranch(found[org].name, found[org].short_name, runs[org]) for org in chosen)


def _months_red(reader: Reader, red: Sequence[int]) -> dict[int, int]:
    """Closed months in a row, up to the last one, that each of these branches has been red."""
    query = (
        sa.select(branch_results.c.org_id, branch_results.c.light)
        .where(branch_results.c.org_id.in_(red), branch_results.c.period_month <= closed_month(reader))
        .order_by(branch_results.c.period_month.desc())
    )
    runs = dict.fromkeys(red, 0)
    ended: set[int] = set()
    for org_id, light in reader.connection.execute(query):
        if light != Light.RED:
            ended.add(org_id)
        if org_id not in ended:
            runs[org_id] += 1
    return runs
