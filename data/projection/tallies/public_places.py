"""Where a visitor can go: organisations and positions that are marked public, with their place on the map.

``public_places``: organisations in being by id, then venues by id. A venue has no address of its own: it takes that of
its keeper where the keeper is public.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from data.contract import organizations, venues
from data.projection.source import Source
from data.projection.tallies.kinds import Places
from data.projection.tallies.places import division_towns, town_of

o, v = organizations.c, venues.c
# Pages on the network: nobody can go there.
NOWHERE = ("micro_position", "online_position")

Place = dict[str, Any]


def read(source: Source) -> Iterator[Place]:
    """Only rows somebody marked public."""
    contacts = {row.org_id: row for row in _public_organisations(source)}
    for org_id in sorted(contacts):
        org, row = source.tree.organisations[org_id], contacts[org_id]
        yield _place("organisation", org_id, org.org_type, org.name, org.town_id, org.lng, org.lat, row)
    towns = division_towns(source)
    statement = (
        sa.select(v.venue_id, v.venue_kind, v.name, v.division_id, v.org_id, v.lng, v.lat)
        .where(
            v.deleted_at.is_(None),
            v.is_public,
            v.venue_kind.not_in(NOWHERE),
            sa.or_(v.opened_on.is_(None), v.opened_on <= source.calendar.now.date()),
        )
        .order_by(v.venue_id)
    )
    for row in source.rows(statement):
        town = towns.get(row.division_id or 0) or (town_of(source, row.org_id) if row.org_id else None)
        keeper = contacts.get(row.org_id)
        yield _place("venue", row.venue_id, row.venue_kind, row.name, town, row.lng, row.lat, keeper)


def _public_organisations(source: Source) -> Iterator[sa.Row[Any]]:
    """Address and telephone of public organisations that stand in the tree today."""
    today = source.calendar.now.date()
    statement = sa.select(o.org_id, o.address, o.public_phone).where(o.deleted_at.is_(None), o.is_public)
    for row in source.rows(statement):
        org = source.tree.organisations.get(row.org_id)
        if org is not None and org.active_on(today) and org.org_type != "party_group":
            yield row


def _place(
    source: str,
    place_id: int,
    kind: str,
    name: str,
    town: int | None,
    lng: Any,
    lat: Any,
    contact: sa.Row[Any] | None,
) -> Place:
    return {
        "source": source,
        "place_id": place_id,
        "kind": kind,
        "place_name": name,
        "town_id": town,
        "lng": None if lng is None else float(lng),
        "lat": None if lat is None else float(lat),
        "office_address": contact.address if contact else None,
        "public_phone": contact.public_phone if contact else None,
    }


PLACES = Places("public_places", read, ("organizations", "venues", "divisions"))
