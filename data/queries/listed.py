"""Lines of a short list in words, under the organisation they come from or, for visitors, its town."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from data.readmodel.reader import Reader
from data.readmodel.schema import listings, nodes, towns
from data.scope import Scope

# Whose titles speak of work or of things. Any other may hold a name: a disclosure says who is to be admitted, a
# notice who is appointed, a snapshot whom a member met, a need whom it is to help.
TITLED_KINDS = (
    *("branch_news", "practice"),
    *("community", "environment", "security", "culture", "emergency", "professional"),
    *("lecture", "video", "base", "book", "template"),
)


@dataclass(frozen=True)
class Line:
    """One line; ``title`` is None where it may name a person or a unit that is not public, and ``place`` an
    organisation's short name or a town, "" for neither."""

    kind: str
    title: str | None
    place: str
    at: datetime | None
    amount: float | None


def title_of(*conditions: sa.ColumnElement[bool]) -> sa.ColumnElement[Any]:
    """The title of a line where its kind and these conditions allow it to be read on a wall, else NULL."""
    allowed = sa.and_(listings.c.kind.in_(TITLED_KINDS), *conditions)
    return sa.case((allowed, listings.c.title))


def listed(reader: Reader, scope: Scope, listing: str, limit: int) -> tuple[Line, ...]:
    """First lines of a listing.

    Visitors get public lines only, and of an organisation that is not public its town in place of its name, and
    no title: it may tell the name.
    """
    # A line of no organisation is public by itself; one of an organisation nobody knows is not.
    is_public = sa.case(
        (listings.c.org_id.is_(None), sa.true()), else_=sa.func.coalesce(nodes.c.is_public, sa.false())
    )
    shows_name = sa.true() if scope.names_lights else is_public
    place = sa.case((shows_name, nodes.c.short_name), else_=towns.c.name)
    entry = listings.c
    query = (
        sa.select(entry.kind, title_of(shows_name), sa.func.coalesce(place, ""), entry.at, entry.amount)
        .select_from(
            listings.outerjoin(nodes, nodes.c.org_id == entry.org_id).outerjoin(
                towns, towns.c.town_id == nodes.c.town_id
            )
        )
        .where(entry.listing == listing)
        .order_by(entry.position)
        .limit(limit)
    )
    if not scope.names_lights:
        query = query.where(entry.is_public)
    return tuple(Line(*row) for row in reader.connection.execute(query))
