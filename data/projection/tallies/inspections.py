"""What the inspections of venues found.

``venue_findings``, now, by town: of the inspections of the last 365 days ``inspected`` = how many, ``found`` = flags
that were not in order, ``rectified`` = of these put right by today, or left behind by a later inspection of the venue
(what that one still finds is its own finding), ``overdue`` = not put right and past their limit.
``venue_issues``: venues whose newest inspection left something open, most urgent limit first: organisation = keeper,
at = limit, kind = venue kind, title = name of the venue, amount = bits of the flags in the order of FLAGS.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa

from data.contract import venue_inspections, venues
from data.projection.source import Source
from data.projection.tallies.kinds import DISTRICT, NOW, SLOWLY, Listing, Tally, TallyRow
from data.projection.tallies.places import division_towns, town_of

v, i = venues.c, venue_inspections.c

FLAGS = (i.facilities_ok, i.rules_ok, i.environment_ok, i.usage_ok)
DAYS = 365
# So many venues at most; a district has a few hundred and puts most of them right.
MOST = 500


def read_findings(source: Source) -> Iterator[TallyRow]:
    """Of venues that are not deleted; an empty flag says nothing and counts as in order."""
    today, towns = source.calendar.now.date(), division_towns(source)
    seen: set[int] = set()
    for row in _newest_first(source, (v.org_id, v.division_id)):
        venue, due, rectified, *flags, org, division = row
        left_behind = venue in seen
        seen.add(venue)
        places = [DISTRICT]
        town = towns.get(division or 0) or (None if org is None else town_of(source, org))
        if town is not None:
            places.append(town)
        for place in places:
            yield NOW, place, "inspected", 1.0
            for key, value in _outcome(flags, due, rectified, today, left_behind=left_behind):
                yield NOW, place, key, value


def _outcome(
    flags: list[bool | None], due: date | None, rectified: date | None, today: date, *, left_behind: bool
) -> Iterator[tuple[str, float]]:
    found = float(sum(flag is not None and not flag for flag in flags))
    if not found:
        return
    yield "found", found
    if left_behind or (rectified is not None and rectified <= today):
        yield "rectified", found
    elif due is not None and due < today:
        yield "overdue", found


def read_issues(source: Source) -> Iterator[dict[str, Any]]:
    """Those without a limit last."""
    today = source.calendar.now.date()
    seen: set[int] = set()
    open_: list[dict[str, Any]] = []
    for row in _newest_first(source, (v.org_id, v.venue_kind, v.name)):
        venue, due, rectified, *flags, org, kind, name = row
        bits = sum(1 << at for at, flag in enumerate(flags) if flag is not None and not flag)
        if venue in seen:
            continue
        seen.add(venue)
        if bits and (rectified is None or rectified > today) and org in source.tree.organisations:
            at = None if due is None else datetime.combine(due, time())
            open_.append({"at": at, "org_id": org, "kind": kind, "title": name, "amount": float(bits)})
    open_.sort(key=lambda one: (one["at"] is None, str(one["at"]), one["org_id"]))
    yield from ({**one, "is_public": False} for one in open_[:MOST])


def _newest_first(source: Source, of_venue: tuple[sa.ColumnElement[Any], ...]) -> list[Any]:
    """Inspections of the last days with their venue: (venue, limit, put right on, *flags, *of the venue)."""
    today = source.calendar.now.date()
    statement = (
        sa.select(i.venue_id, i.rectify_due_on, i.rectified_on, *FLAGS, *of_venue)
        .select_from(venue_inspections.join(venues, v.venue_id == i.venue_id))
        .where(
            i.deleted_at.is_(None),
            v.deleted_at.is_(None),
            i.inspected_on > today - timedelta(days=DAYS),
            i.inspected_on <= today,
        )
        .order_by(i.inspected_on.desc(), i.inspection_id.desc())
    )
    return list(source.rows(statement))


TALLIES = (
    Tally(
        "venue_findings",
        read_findings,
        ("venue_inspections", "venues", "divisions", "organizations"),
        SLOWLY,
    ),
)
LISTINGS = (Listing("venue_issues", read_issues, ("venue_inspections", "venues", "organizations"), SLOWLY),)
