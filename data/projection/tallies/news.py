"""Short lists in words: newest pictures for visitors, open needs, what of the library is used.

``public_pictures``: posts with pictures that passed the disclosure review, kind = post kind, amount = pictures.
``open_needs``: service needs that still look for people, kind = service kind, amount = places.
``resources_used``: most used of the library this year, kind = resource kind, amount = uses; never lecturers, whose
title is a name.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import sqlalchemy as sa

from data.contract import posts, resource_bookings, resources, volunteer_projects
from data.projection.source import Source
from data.projection.tallies.kinds import SLOWLY, Listing
from data.projection.tallies.platform import shown

p, v, r, b = posts.c, volunteer_projects.c, resources.c, resource_bookings.c

LENGTH = 12
TITLE = 120

Line = dict[str, Any]


def _line(row: Any, kind: str) -> Line:
    return {
        "at": row.at,
        "org_id": row.org_id,
        "kind": kind,
        "title": row.title[:TITLE],
        "amount": None if row.amount is None else float(row.amount),
        "is_public": True,
    }


def read_pictures(source: Source) -> Iterator[Line]:
    """Newest first."""
    statement = (
        sa.select(p.org_id, p.post_kind, p.title, p.published_at.label("at"), p.media_count.label("amount"))
        .where(shown(source), p.is_public, p.media_count > 0)
        .order_by(p.published_at.desc(), p.post_id.desc())
        .limit(3 * LENGTH)
    )
    known = (row for row in source.rows(statement) if row.org_id in source.tree.organisations)
    for row, _ in zip(known, range(LENGTH), strict=False):
        yield _line(row, row.post_kind)


def read_needs(source: Source) -> Iterator[Line]:
    """Newest first; a need whose time is over no longer looks for anybody."""
    today = source.calendar.now.date()
    statement = (
        sa.select(v.org_id, v.service_kind, v.title, v.published_at.label("at"), v.slots.label("amount"))
        .where(
            v.deleted_at.is_(None),
            v.status == "open",
            v.published_at <= source.calendar.now,
            sa.or_(v.end_on.is_(None), v.end_on >= today),
        )
        .order_by(v.published_at.desc(), v.project_id.desc())
        .limit(3 * LENGTH)
    )
    known = (row for row in source.rows(statement) if row.org_id in source.tree.organisations)
    for row, _ in zip(known, range(LENGTH), strict=False):
        yield _line(row, row.service_kind)


def read_used(source: Source) -> Iterator[Line]:
    """Most used first."""
    today, used = source.calendar.now.date(), sa.func.count().label("amount")
    statement = (
        sa.select(r.resource_id, r.resource_kind, r.title, r.is_public, used)
        .select_from(resource_bookings.join(resources, r.resource_id == b.resource_id))
        .where(
            b.deleted_at.is_(None),
            r.deleted_at.is_(None),
            r.is_active,
            r.resource_kind != "lecturer",
            b.status == "used",
            b.use_on >= date(today.year, 1, 1),
            b.use_on <= today,
        )
        .group_by(r.resource_id, r.resource_kind, r.title, r.is_public)
        .order_by(used.desc(), r.resource_id)
        .limit(LENGTH)
    )
    for row in source.rows(statement):
        yield {
            "at": None,
            "org_id": None,
            "kind": row.resource_kind,
            "title": row.title[:TITLE],
            "amount": float(row.amount),
            "is_public": bool(row.is_public),
        }


LISTINGS = (
    Listing("public_pictures", read_pictures, ("posts", "members", "organizations")),
    Listing("open_needs", read_needs, ("volunteer_projects", "organizations")),
    Listing("resources_used", read_used, ("resources", "resource_bookings"), SLOWLY),
)
