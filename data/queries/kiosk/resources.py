"""Lectures, videos, bases and books that are open to everybody."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from data.queries.figure_parts import Asked
from data.queries.library import PUBLIC_KINDS
from data.readmodel.reader import Reader
from data.readmodel.schema import listings
from data.scope import Scope


@dataclass(frozen=True)
class Resource:
    """One of them; ``topic`` is a course category or "", hours are class hours."""

    kind: str
    topic: str
    title: str
    hours: float | None


@dataclass(frozen=True)
class Resources:
    """``counts`` of all public ones by kind, in the order of PUBLIC_KINDS; ``items`` the newest of each."""

    counts: tuple[tuple[str, int], ...]
    items: tuple[Resource, ...]


def load(reader: Reader) -> Resources:
    """Never a lecturer: that title is a name."""
    found = (
        Asked(reader, Scope("kiosk"), reader.version.open_month).tally("resources", prefix="public|") or {}
    )
    entry = listings.c
    query = (
        sa.select(entry.kind, entry.title, entry.amount)
        .where(entry.listing == "public_resources", entry.is_public)
        .order_by(entry.position)
    )
    items = []
    for kinds, title, hours in reader.connection.execute(query):
        kind, _, topic = kinds.partition("|")
        if kind in PUBLIC_KINDS:
            items.append(Resource(kind, topic, title, hours))
    items.sort(key=lambda item: PUBLIC_KINDS.index(item.kind))
    return Resources(tuple((kind, round(found.get(kind, 0))) for kind in PUBLIC_KINDS), tuple(items))
