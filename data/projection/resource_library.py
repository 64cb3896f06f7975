"""The library as reports recommend from it: resources in use, who booked them lately, public bases, key projects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from threading import Lock

import sqlalchemy as sa

from data.clock import Clock, add_months, first_day
from data.contract import resource_bookings, resources, secretary_projects, venues
from data.driver_errors import source_errors

LATELY_MONTHS = 6
LASTS = timedelta(minutes=10)
BASE_KINDS = ("education_base", "open_life_base", "rural_school", "live_classroom")
# A lecturer's title may be a person's name; it is told only where the library marks it as public.
LESSONS = ("lecturer", "lecture", "video")


@dataclass(frozen=True)
class Resource:
    """One active resource; ``uses`` counts its bookings of the last six months in the whole district."""

    resource_id: int
    kind: str
    title: str
    topic: str
    uses: int


@dataclass(frozen=True)
class Base:
    """A public base with its place (degrees)."""

    name: str
    lng: float
    lat: float


@dataclass(frozen=True)
class Library:
    """``booked`` pairs (organisation, resource) of the last six months; ``projects`` are open key projects by
    organisation. An empty library recommends nothing."""

    resources: tuple[Resource, ...] = ()
    bases: tuple[Base, ...] = ()
    booked: frozenset[tuple[int, int]] = frozenset()
    projects: Mapping[int, str] = field(default_factory=dict)


class LastingLibrary:
    """The library as it was read up to ten minutes ago: a page asks for it each time it is built."""

    def __init__(self, read: Callable[[], Library], clock: Clock) -> None:
        self._read, self._clock = read, clock
        self._lock = Lock()
        self._held: tuple[datetime, Library] | None = None

    def __call__(self) -> Library:
        """Read anew when it is too old; who asks meanwhile waits for the one reading."""
        with self._lock:
            now = self._clock()
            if self._held is None or not timedelta() <= now - self._held[0] < LASTS:
                self._held = now, self._read()
            return self._held[1]


def read_library(engine: sa.Engine, today: date) -> Library:
    """The library of an operational database; tables that are not connected leave their part empty."""
    with source_errors(engine), engine.connect() as connection:
        inspector = sa.inspect(connection)
        there = {*inspector.get_table_names(), *inspector.get_view_names()}
        booked = _bookings(connection, today) if "resource_bookings" in there else []
        uses = Counter(resource for _, resource in booked)
        return Library(
            _resources(connection, today, uses) if "resources" in there else (),
            _bases(connection) if "venues" in there else (),
            frozenset(booked),
            _projects(connection, today) if "secretary_projects" in there else {},
        )


def _bookings(connection: sa.Connection, today: date) -> list[tuple[int, int]]:
    t = resource_bookings.c
    since = first_day(add_months(f"{today:%Y-%m}", -LATELY_MONTHS))
    query = sa.select(t.org_id, t.resource_id).where(
        t.use_on >= since, t.status != "cancelled", t.deleted_at.is_(None)
    )
    return [(org, resource) for org, resource in connection.execute(query)]


def _resources(connection: sa.Connection, today: date, uses: Counter[int]) -> tuple[Resource, ...]:
    t = resources.c
    query = (
        sa.select(t.resource_id, t.resource_kind, t.title, t.topic)
        .where(t.is_active, t.published_on <= today, t.deleted_at.is_(None), t.resource_kind.in_(LESSONS))
        .where(sa.or_(t.resource_kind != "lecturer", t.is_public))
        .order_by(t.resource_id)
    )
    return tuple(
        Resource(key, kind, title, topic, uses[key]) for key, kind, title, topic in connection.execute(query)
    )


def _bases(connection: sa.Connection) -> tuple[Base, ...]:
    t = venues.c
    query = (
        sa.select(t.name, t.lng, t.lat)
        .where(t.is_public, t.deleted_at.is_(None), t.lng.is_not(None), t.lat.is_not(None))
        .where(t.venue_kind.in_(BASE_KINDS))
        .order_by(t.venue_id)
    )
    return tuple(Base(name, float(lng), float(lat)) for name, lng, lat in connection.execute(query))


def _projects(connection: sa.Connection, today: date) -> dict[int, str]:
    t = secretary_projects.c
    query = (
        sa.select(t.org_id, t.title)
        .where(t.completed_on.is_(None), t.deleted_at.is_(None), t.registered_on <= today)
        .order_by(t.due_on.desc())
    )
    # The one that is due first stands.
    return {row.org_id: row.title for row in connection.execute(query)}
