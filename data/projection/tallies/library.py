"""Courses and resources: what there is and how it is used.

``courses``, by month of publication, district: ``lessons|<course_category>``, ``hours|<course_category>``.
``resources``, now, district: ``<resource_kind>`` = active resources, ``public|<resource_kind>`` of these open to all.
``resource_use``, by month of use, by town of the booking organisation: ``<resource_kind>`` = bookings used.
"""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from data.clock import month_of
from data.contract import courses, resource_bookings, resources
from data.projection.source import Source
from data.projection.tallies.kinds import DISTRICT, NOW, Tally, TallyRow
from data.projection.tallies.places import by_town

k, r, b = courses.c, resources.c, resource_bookings.c


def read_courses(source: Source) -> Iterator[TallyRow]:
    """Every course published so far."""
    today = source.calendar.now.date()
    statement = sa.select(k.course_category, k.class_hours, k.published_on).where(
        k.deleted_at.is_(None), k.published_on <= today
    )
    for row in source.rows(statement):
        month = month_of(row.published_on)
        yield month, DISTRICT, f"lessons|{row.course_category}", 1.0
        yield month, DISTRICT, f"hours|{row.course_category}", float(row.class_hours)


def read_resources(source: Source) -> Iterator[TallyRow]:
    """Resources in the library today."""
    today = source.calendar.now.date()
    statement = sa.select(r.resource_kind, r.is_public).where(
        r.deleted_at.is_(None), r.is_active, r.published_on <= today
    )
    for row in source.rows(statement):
        yield NOW, DISTRICT, row.resource_kind, 1.0
        if row.is_public:
            yield NOW, DISTRICT, f"public|{row.resource_kind}", 1.0


def read_use(source: Source) -> Iterator[TallyRow]:
    """Bookings marked used, by the day of use."""
    statement = (
        sa.select(b.org_id, b.use_on, r.resource_kind, sa.func.count().label("n"))
        .select_from(resource_bookings.join(resources, r.resource_id == b.resource_id))
        .where(
            b.deleted_at.is_(None),
            r.deleted_at.is_(None),
            b.status == "used",
            b.use_on <= source.calendar.now.date(),
        )
        .group_by(b.org_id, b.use_on, r.resource_kind)
    )
    rows = ((month_of(row.use_on), row.org_id, row.resource_kind, row.n) for row in source.rows(statement))
    yield from by_town(source, rows)


TALLIES = (
    Tally("courses", read_courses, ("courses",)),
    Tally("resources", read_resources, ("resources",)),
    Tally("resource_use", read_use, ("resources", "resource_bookings", "organizations")),
)
