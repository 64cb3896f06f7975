"""The figures of the town the wall dwells on, or of the whole district while it dwells on none."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from data.clock import add_months
from data.queries.figures_of_month import GRASSROOTS_TYPES, month_before_in_year
from data.queries.town_members import members_by_town
from data.queries.town_order import is_public_place, ranked_towns
from data.readmodel.reader import Reader
from data.readmodel.schema import nodes, org_months, town_months, towns
from data.scope import Scope

MAX_TOWNS = 60


@dataclass(frozen=True)
class Standing:
    """Index of a town at the last closed month, its place, and the change against the month before."""

    month: str
    score: float
    place: int
    change: float | None


@dataclass(frozen=True)
class Organisation:
    """An organisation in focus with everything below it; None where there is no figure."""

    name: str
    members: float | None
    activities: float | None
    red: float | None
    yellow: float | None


@dataclass(frozen=True)
class MapFocus:
    """``town`` None: the district. ``standing`` None: not ranked or not shown; lights None: not allowed.
    ``organisation`` only where a director has named one and lights are allowed."""

    town: str | None
    towns: tuple[str, ...]
    organisations: int
    members: float | None
    activities: float | None
    standing: Standing | None
    red: float | None
    yellow: float | None
    organisation: Organisation | None = None


def load(reader: Reader, scope: Scope) -> MapFocus:
    """Counts are of today (the open month); reception selects no lights and no place that visitors
    do not see."""
    names = _names(reader)
    town = scope.focus_town if scope.focus_town in names else None
    figures = _figures(reader, town, lights=scope.names_lights)
    if town is not None and not scope.names_lights:
        figures["members"] = members_by_town(reader, reader.version.open_month).get(town)
    return MapFocus(
        town=names[town] if town is not None else None,
        towns=tuple(names.values()),
        organisations=_organisations(reader, town),
        members=figures.get("members"),
        activities=figures.get("activities"),
        standing=None if town is None else _standing(reader, town, every_rank=scope.names_lights),
        red=figures.get("red_branches"),
        yellow=figures.get("yellow_branches"),
        organisation=_organisation(reader, scope.focus_org) if scope.names_lights else None,
    )


def _organisation(reader: Reader, org_id: int | None) -> Organisation | None:
    names = sa.select(nodes.c.short_name).where(nodes.c.org_id == org_id, nodes.c.dissolved_on.is_(None))
    name = None if org_id is None else reader.connection.execute(names).scalar_one_or_none()
    if name is None:
        return None
    m = org_months.c
    query = sa.select(m.members, m.activities, m.red_branches, m.yellow_branches).where(
        m.org_id == org_id, m.period_month == reader.version.open_month
    )
    row = reader.connection.execute(query).one_or_none()
    return Organisation(name, *(row or (None, None, None, None)))


def _names(reader: Reader) -> dict[int | None, str]:
    """All towns by id, in the order of their codes."""
    query = sa.select(towns.c.town_id, towns.c.name).order_by(towns.c.code).limit(MAX_TOWNS)
    return {row.town_id: row.name for row in reader.connection.execute(query)}


def _figures(reader: Reader, town: int | None, *, lights: bool) -> dict[str, float | None]:
    """Named columns of the open month's row of the town or the district; empty when there is no row."""
    names = ["members", "activities", *(["red_branches", "yellow_branches"] if lights else [])]
    table, key, value = (
        (org_months, org_months.c.org_id, reader.root_org_id)
        if town is None
        else (town_months, town_months.c.town_id, town)
    )
    query = (
        sa.select(*(table.c[name] for name in names))
        .where(key == value)
        .where(table.c.period_month == reader.version.open_month)
    )
    row = reader.connection.execute(query).one_or_none()
    return dict(row._mapping) if row else {}


def _organisations(reader: Reader, town: int | None) -> int:
    today = reader.version.published_at.date()
    query = (
        sa.select(sa.func.count())
        .select_from(nodes)
        .where(nodes.c.org_type.in_(GRASSROOTS_TYPES))
        .where(sa.or_(nodes.c.dissolved_on.is_(None), nodes.c.dissolved_on > today))
    )
    if town is not None:
        query = query.where(nodes.c.town_id == town)
    return int(reader.connection.execute(query).scalar_one())


def _standing(reader: Reader, town: int, *, every_rank: bool) -> Standing | None:
    month = add_months(reader.version.open_month, -1)
    # Points of two years are not compared: January has no month before, as in the ranking beside it.
    now = ranked_towns(month, for_visitors=not every_rank)
    before = ranked_towns(month_before_in_year(month) or "", for_visitors=not every_rank)
    query = (
        sa.select(now.c.index_score, now.c.place, before.c.index_score.label("before"))
        .select_from(now.outerjoin(before, before.c.town_id == now.c.town_id))
        .where(now.c.town_id == town)
    )
    if not every_rank:
        query = query.where(is_public_place(now))
    row = reader.connection.execute(query).one_or_none()
    if row is None:
        return None
    change = None if row.before is None else float(row.index_score) - float(row.before)
    return Standing(month, float(row.index_score), int(row.place), change)
