"""Public organisations and positions, each with what a visitor needs to find it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa

from data.readmodel.reader import Reader
from data.readmodel.schema import public_places, towns


@dataclass(frozen=True)
class Place:
    """One place in degrees (CGCS2000); ``kind`` is an org_type or a venue_kind, texts are "" where unknown."""

    source: Literal["organisation", "venue"]
    kind: str
    name: str
    town_id: int | None
    town: str
    lng: float | None
    lat: float | None
    address: str
    phone: str


@dataclass(frozen=True)
class Places:
    """Positions before organisations, each by name."""

    places: tuple[Place, ...]


def load(reader: Reader) -> Places:
    """What is marked public; the district committee and what stands in no town has the town ""."""
    p = public_places.c
    query = (
        sa.select(
            p.source,
            p.kind,
            p.place_name,
            p.town_id,
            sa.func.coalesce(towns.c.name, ""),
            p.lng,
            p.lat,
            sa.func.coalesce(p.office_address, ""),
            sa.func.coalesce(p.public_phone, ""),
        )
        .select_from(public_places.outerjoin(towns, towns.c.town_id == p.town_id))
        .order_by(p.source.desc(), p.place_name, p.place_id)
    )
    return Places(tuple(Place(*row) for row in reader.connection.execute(query)))
