"""The ticker: newest activities and public posts, for those inside also the newest red lights of branches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

import sqlalchemy as sa

from data.queries import red_light
from data.readmodel.reader import Reader
from data.readmodel.schema import listings, nodes
from data.scope import Scope

Kind = Literal["activity", "post", "light"]
ACTIVITIES, POSTS, LIGHTS = 12, 1, 1


@dataclass(frozen=True)
class TickerItem:
    """One thing that happened; ``words`` is the type of an activity, a post's title, a light's indicator."""

    kind: Kind
    at: datetime
    organisation: str
    words: str


@dataclass(frozen=True)
class Ticker:
    """Lights, posts, activities, each newest first; ``today`` is the day of the newest data."""

    items: tuple[TickerItem, ...]
    today: date


def load(reader: Reader, scope: Scope) -> Ticker:
    """In reception no light is selected, and no organisation that is not public."""
    items = [
        *(_lights(reader) if scope.names_lights else ()),
        *_listed(reader, scope, "newest_posts", "post", POSTS),
        *_listed(reader, scope, "newest_activities", "activity", ACTIVITIES),
    ]
    return Ticker(tuple(items), (reader.version.as_of or reader.version.published_at).date())


def _lights(reader: Reader) -> list[TickerItem]:
    newest = red_light.newest(reader, LIGHTS)
    return [TickerItem("light", row.raised_at, row.organisation, row.indicator) for row in newest]


def _listed(reader: Reader, scope: Scope, listing: str, kind: Kind, limit: int) -> list[TickerItem]:
    query = (
        sa.select(listings.c.at, nodes.c.short_name, listings.c.title)
        .join(nodes, nodes.c.org_id == listings.c.org_id)
        .where(listings.c.listing == listing)
        .order_by(listings.c.position)
        .limit(limit)
    )
    if not scope.names_lights:
        query = query.where(listings.c.is_public, nodes.c.is_public)
    return [TickerItem(kind, *row) for row in reader.connection.execute(query)]
