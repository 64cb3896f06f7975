"""Lines of a short list in words, under the organisation they come from or, for visitors, its town."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from data.readmodel.reader import Reader
from data.readmodel.schema import listings, nodes, towns
from data.scope import Scope


@dataclass(frozen=True)
class Line:
    """One line; ``place`` is an organisation's short name or a town, "" for neither."""

    kind: str
    title: str
    place: str
    at: datetime | None
    amount: float | None


def listed(reader: Reader, scope: Scope, listing: str, limit: int) -> tuple[Line, ...]:
    """First lines of a listing.

    Visitors get public lines only, and of an organisation that is not public its town in place of its name.
    """
    shows_name = sa.true() if scope.names_lights else nodes.c.is_public
    place = sa.case((shows_name, nodes.c.short_name), else_=towns.c.name)
    entry = listings.c
    query = (
        sa.select(entry.kind, entry.title, sa.func.coalesce(place, "").label("place"), entry.at, entry.amount)
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
