"""What everybody may read: lectures, videos, books and bases of the library, and the rules of the steps of admission.

``public_resources``: newest first, at most so many of a kind; kind = ``<resource_kind>|<topic>``, amount = class hours;
never lecturers, whose title is a name.
``step_rules``, the list of 25: kind = ``<step_no>|<stage_no>|<actor>|<anchor>|<min_days>|<max_days>``, empty where
there is none, ``title`` = name of the step.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

import sqlalchemy as sa

from data.contract import development_step_defs, resources
from data.projection.source import Source
from data.projection.tallies.kinds import Listing

r, f = resources.c, development_step_defs.c

PER_KIND, TITLE = 40, 120
SHOWN_VARIANT = 25


def read_resources(source: Source) -> Iterator[dict[str, Any]]:
    """Active and public ones published by today."""
    rank = sa.func.row_number().over(
        partition_by=r.resource_kind, order_by=(r.published_on.desc(), r.resource_id.desc())
    )
    ranked = (
        sa.select(r.resource_kind, r.topic, r.title, r.class_hours, r.published_on, rank.label("place"))
        .where(
            r.deleted_at.is_(None),
            r.is_active,
            r.is_public,
            r.resource_kind != "lecturer",
            r.published_on <= source.calendar.now.date(),
        )
        .subquery()
    )
    statement = sa.select(ranked).where(ranked.c.place <= PER_KIND)
    for row in source.rows(statement.order_by(ranked.c.resource_kind, ranked.c.place)):
        yield {
            "at": datetime.combine(row.published_on, time()),
            "org_id": None,
            "kind": f"{row.resource_kind}|{row.topic or ''}",
            "title": row.title[:TITLE],
            "amount": None if row.class_hours is None else float(row.class_hours),
            "is_public": True,
        }


def read_steps(source: Source) -> Iterator[dict[str, Any]]:
    """In the order of the steps."""
    columns = (f.step_no, f.stage_no, f.actor, f.anchor_step_no, f.min_days, f.max_days)
    statement = sa.select(*columns, f.name_zh).where(f.deleted_at.is_(None), f.variant == SHOWN_VARIANT)
    for *rule, name in source.rows(statement.order_by(f.step_no)):
        yield {
            "at": None,
            "org_id": None,
            "kind": "|".join("" if part is None else str(part) for part in rule),
            "title": name,
            "amount": None,
            "is_public": True,
        }


LISTINGS = (
    Listing("public_resources", read_resources, ("resources",)),
    Listing("step_rules", read_steps, ("development_step_defs",)),
)
