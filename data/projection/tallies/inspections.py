"""What the inspections of venues found.

``venue_findings``, now, district: of the inspections of the last 365 days ``inspected`` = how many, ``found`` = flags
that were not in order, ``rectified`` = of these put right by today, or left behind by a later inspection of the venue
(what that one still finds is its own finding), ``overdue`` = not put right and past their limit.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import sqlalchemy as sa

from data.contract import venue_inspections, venues
from data.projection.source import Source
from data.projection.tallies.kinds import DISTRICT, NOW, SLOWLY, Tally, TallyRow

v, i = venues.c, venue_inspections.c

FLAGS = (i.facilities_ok, i.rules_ok, i.environment_ok, i.usage_ok)
DAYS = 365


def read_findings(source: Source) -> Iterator[TallyRow]:
    """Of venues that are not deleted; an empty flag says nothing and counts as in order."""
    today = source.calendar.now.date()
    statement = (
        sa.select(i.venue_id, *FLAGS, i.rectify_due_on, i.rectified_on)
        .select_from(venue_inspections.join(venues, v.venue_id == i.venue_id))
        .where(
            i.deleted_at.is_(None),
            v.deleted_at.is_(None),
            i.inspected_on > today - timedelta(days=DAYS),
            i.inspected_on <= today,
        )
        .order_by(i.inspected_on.desc(), i.inspection_id.desc())
    )
    seen: set[int] = set()
    for venue, *flags, due, rectified in source.rows(statement):
        left_behind = venue in seen
        seen.add(venue)
        found = float(sum(flag is not None and not flag for flag in flags))
        yield NOW, DISTRICT, "inspected", 1.0
        if not found:
            continue
        yield NOW, DISTRICT, "found", found
        if left_behind or (rectified is not None and rectified <= today):
            yield NOW, DISTRICT, "rectified", found
        elif due is not None and due < today:
            yield NOW, DISTRICT, "overdue", found


TALLIES = (Tally("venue_findings", read_findings, ("venue_inspections", "venues"), SLOWLY),)
