"""The ticker: newest activities and public posts, for those inside also the newest red lights of branches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

import sqlalchemy as sa

from data.queries import red_light
from data.queries.listed import title_of
from data.readmodel.reader import Reader
from data.readmodel.schema import listings, nodes
from data.scope import Scope

Kind = Literal["activity", "post", "light"]
ACTIVITIES, POSTS, LIGHTS = 12, 1, 1


@dataclass(frozen=True)
class TickerItem:
    """One thing that happened; ``words`` is the type of an activity, a post's title, a light's indicator.

    A post whose title may name a person has None, and like any post its ``post_kind``.
    """

    kind: Kind
    at: datetime
    organisation: str
    words: str | None
    post_kind: str | None = None


@dataclass(frozen=True)
class Ticker:
    """Lights, posts, activities, each newest first; ``today`` is the day of the newest data."""

    items: tuple[TickerItem, ...]
    today: date


def load(reader: Reader, scope: Scope) -> Ticker:
    """In reception no light is selected, and no organisation that is not public."""
    items = [
        *(_lights(reader) if scope.names_lights else ()),
        *_posts(reader, scope),
        *_activities(reader, scope),
    ]
    return Ticker(tuple(items), (reader.version.as_of or reader.version.published_at).date())


def _lights(reader: Reader) -> list[TickerItem]:
    newest = red_light.newest(reader, LIGHTS)
    return [TickerItem("light", row.raised_at, row.organisation, row.indicator) for row in newest]


def _posts(reader: Reader, scope: Scope) -> list[TickerItem]:
    query = _listed(scope, "newest_posts", POSTS, title_of(), listings.c.kind)
    return [TickerItem("post", *row) for row in reader.connection.execute(query)]


def _activities(reader: Reader, scope: Scope) -> list[TickerItem]:
    """Their titles in the listing are names of types, never what somebody typed."""
    query = _listed(scope, "newest_activities", ACTIVITIES, listings.c.title)
    return [TickerItem("activity", *row) for row in reader.connection.execute(query)]


def _listed(scope: Scope, listing: str, limit: int, *words: sa.ColumnElement[Any]) -> sa.Select[Any]:
    query = (
        sa.select(listings.c.at, nodes.c.short_name, *words)
        .join(nodes, nodes.c.org_id == listings.c.org_id)
        .where(listings.c.listing == listing)
        .order_by(listings.c.position)
        .limit(limit)
    )
    if not scope.names_lights:
        query = query.where(listings.c.is_public, nodes.c.is_public)
    return query
