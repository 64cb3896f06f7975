"""What the party map shows: one quantity per town, the organisations as points, the lights where allowed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa

from data.clock import add_months
from data.queries.figures_of_month import GRASSROOTS_TYPES
from data.queries.town_members import members_by_town
from data.queries.town_order import ranked_towns
from data.readmodel.reader import Reader
from data.readmodel.results import Light
from data.readmodel.schema import branch_results, nodes, towns
from data.scope import Scope

MAX_TOWNS = 60
MAX_POINTS = 6000
MAX_MARKS = 400


@dataclass(frozen=True)
class TownQuantity:
    """One town with the quantity its area is coloured by; None when there is nothing to divide or no data."""

    town_id: int
    name: str
    value: float | None


@dataclass(frozen=True)
class Point:
    """An organisation's place in degrees, WGS-84; ``level`` 红/黄 only where lights may be named."""

    town: str
    lng: float
    lat: float
    level: Literal["red", "yellow"] | None = None


@dataclass(frozen=True)
class DistrictMap:
    """Towns by code; points without a light; ``marks`` yellow before red, empty in reception mode."""

    quantity: Literal["index", "members"]
    month: str
    towns: tuple[TownQuantity, ...]
    points: tuple[Point, ...]
    marks: tuple[Point, ...]


def load(reader: Reader, scope: Scope) -> DistrictMap:
    """Internal: index of the last closed month and lights. Reception: members today, public organisations."""
    lights = _lights(reader) if scope.names_lights else {}
    points = _points(reader, public_only=not scope.names_lights, lights=lights)
    marks = sorted((p for p in points if p.level), key=lambda p: (p.level == "red", p.lng, p.lat))
    month = add_months(reader.version.open_month, -1) if scope.names_lights else reader.version.open_month
    return DistrictMap(
        quantity="index" if scope.names_lights else "members",
        month=month,
        towns=_index_by_town(reader, month) if scope.names_lights else _members_by_town(reader, month),
        points=tuple(p for p in points if p.level is None),
        marks=tuple(marks[-MAX_MARKS:]),
    )


def _members_by_town(reader: Reader, month: str) -> tuple[TownQuantity, ...]:
    members = members_by_town(reader, month)
    query = sa.select(towns.c.town_id, towns.c.name).order_by(towns.c.code).limit(MAX_TOWNS)
    rows = reader.connection.execute(query)
    return tuple(TownQuantity(row.town_id, row.name, members.get(row.town_id)) for row in rows)


def _index_by_town(reader: Reader, month: str) -> tuple[TownQuantity, ...]:
    ranked = ranked_towns(month)
    query = (
        sa.select(towns.c.town_id, towns.c.name, ranked.c.index_score)
        .select_from(towns.outerjoin(ranked, ranked.c.town_id == towns.c.town_id))
        .order_by(towns.c.code)
        .limit(MAX_TOWNS)
    )
    rows = reader.connection.execute(query)
    return tuple(
        TownQuantity(row.town_id, row.name, None if row.index_score is None else float(row.index_score))
        for row in rows
    )


def _lights(reader: Reader) -> dict[int, Literal["red", "yellow"]]:
    """Current lights by branch: the open month's row carries the light of today."""
    query = (
        sa.select(branch_results.c.org_id, branch_results.c.light)
        .where(branch_results.c.period_month == reader.version.open_month)
        .where(branch_results.c.light >= Light.YELLOW)
        .order_by(branch_results.c.light.desc(), branch_results.c.org_id)
        .limit(MAX_MARKS)
    )
    rows = reader.connection.execute(query)
    return {row.org_id: "red" if row.light >= Light.RED else "yellow" for row in rows}


def _points(reader: Reader, *, public_only: bool, lights: dict[int, Literal["red", "yellow"]]) -> list[Point]:
    today = reader.version.published_at.date()
    query = (
        sa.select(nodes.c.org_id, towns.c.name, nodes.c.lng, nodes.c.lat)
        .join(towns, towns.c.town_id == nodes.c.town_id)
        .where(nodes.c.org_type.in_(GRASSROOTS_TYPES))
        .where(nodes.c.lng.is_not(None), nodes.c.lat.is_not(None))
        .where(sa.or_(nodes.c.dissolved_on.is_(None), nodes.c.dissolved_on > today))
        .order_by(nodes.c.position)
        .limit(MAX_POINTS)
    )
    if public_only:
        query = query.where(nodes.c.is_public.is_(sa.true()))
    rows = reader.connection.execute(query)
    return [Point(row.name, row.lng, row.lat, lights.get(row.org_id)) for row in rows]
