"""What the passing of time alone dirties: a new day, a new month, and dates ahead that have been reached."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from data.clock import month_of
from data.contract import (
    activities,
    dues_payments,
    posts,
    transfer_steps,
    transfers,
    volunteer_projects,
    warnings,
)
from data.projection.catalogue import FAMILIES
from data.projection.cells import DirtyCells
from data.projection.committees import OF_COMMITTEES
from data.projection.families.transfers import DUE_SOON, LONG_OVERDUE
from data.projection.source import Source

SWEEP = timedelta(days=3)
# Moments the tallies and listings compare with now; days ahead are found on the new day.
MOMENTS = (
    activities.c.started_at,
    dues_payments.c.paid_at,
    posts.c.published_at,
    transfer_steps.c.opened_at,
    transfer_steps.c.due_at,
    transfers.c.completed_at,
    volunteer_projects.c.published_at,
)
# Families whose past months, too, are judged as of today.
JUDGED_TODAY = ("warnings",)


def mark_new_day(source: Source, since: datetime, dirty: DirtyCells) -> None:
    """Mark what is counted "as of today", and sweep: every cell of the months of the last three days.

    A new month closes one column and opens another. The sweep finds what a change column never told, such as a
    commit later than the overlap (rulings 19); it is the counting of a rebuild, bounded to a month or two.
    """
    calendar = source.calendar
    if since.date() == calendar.now.date():
        return
    oldest = min(month_of(since.date()), month_of((calendar.now - SWEEP).date()))
    months = {month for month in calendar.months if month >= oldest}
    for branch in source.tree.branches:
        dirty.add([family.name for family in FAMILIES], branch, months)
        dirty.add(JUDGED_TODAY, branch, calendar.months)
    for committee in source.tree.committees:
        dirty.add(OF_COMMITTEES, committee, months)


def mark_reached(source: Source, since: datetime, dirty: DirtyCells) -> None:
    """Mark who has a row whose moment came after ``since``: nothing is written when it does."""
    reached = (
        ("posts", posts.c.org_id, posts.c.published_at, timedelta(0)),
        ("platform", posts.c.org_id, posts.c.published_at, timedelta(0)),
        ("warnings", warnings.c.org_id, warnings.c.raised_at, timedelta(0)),
        ("transfers", transfer_steps.c.handler_org_id, transfer_steps.c.due_at, timedelta(0)),
        ("transfers", transfer_steps.c.handler_org_id, transfer_steps.c.due_at, LONG_OVERDUE),
        ("transfers", transfer_steps.c.handler_org_id, transfer_steps.c.due_at, -DUE_SOON),
    )
    for family, org, at, later in reached:
        if org.table.name not in source.missing:
            between = sa.and_(at >= since - later, at <= source.calendar.now - later)
            for (org_id,) in source.rows(sa.select(org).where(between).distinct()):
                owner = source.tree.owner_of if family in OF_COMMITTEES else source.tree.branch_of
                dirty.add((family,), owner(org_id), source.calendar.months)


def reached_tables(source: Source, since: datetime) -> set[str]:
    """Tables with a row whose moment came after ``since``: tallies that read them are due."""
    found = set()
    for at in MOMENTS:
        between = sa.select(at).where(at >= since, at <= source.calendar.now).limit(1)
        if at.table.name not in source.missing and source.rows(between):
            found.add(at.table.name)
    return found
