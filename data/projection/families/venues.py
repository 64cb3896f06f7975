"""Venues (活动阵地) a branch can use, its own or the nearest superior's, and what their last inspection found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from data.clock import cutoff
from data.contract import venue_inspections, venues
from data.projection.source import Block, Row, Source
from data.projection.tree import Tree

v, i = venues.c, venue_inspections.c

KINDS = ("service_center", "activity_room", "open_life_base")
FLAGS = (i.facilities_ok, i.rules_ok, i.environment_ok, i.usage_ok)


@dataclass(frozen=True)
class Inspection:
    """One inspection: its day, the flags that were not in order, the limit and the day of putting them right."""

    inspected_on: date
    issues: int
    due_on: date | None
    rectified_on: date | None


Venue = tuple[date | None, Sequence[Inspection]]


def read(source: Source, block: Block) -> Iterator[Row]:
    """Marks of the branches with access to a venue; a branch without any has no row (venue_access 0).

    Branches beneath the district committee use the nearest superior's venues. Of several venues of one
    organisation the newest inspection within twelve months speaks for all.
    """
    managed = _managed(source)
    for month in block.months:
        day, end = source.calendar.day_of(month), min(cutoff(month), source.calendar.now).date()
        marks = {org: _marks(found, day, end) for org, found in managed.items()}
        open_ = {org: found for org, found in marks.items() if found is not None}
        for branch in source.tree.branches if block.orgs is None else block.orgs:
            manager = _manager(source.tree, branch, day, open_)
            if manager is not None:
                yield branch, month, open_[manager]


def _manager(tree: Tree, branch: int, day: date, managers: Mapping[int, Any]) -> int | None:
    """The branch itself or its nearest superior below the district that manages a venue on the day."""
    at: int | None = branch
    while at is not None and at in tree.organisations and at != tree.root.org_id:
        if at in managers:
            return at
        at = tree.parent_on(at, day)
    return None


def _marks(found: Sequence[Venue], day: date, end: date) -> dict[str, float] | None:
    """None while none of the venues is open."""
    opened = [inspections for since, inspections in found if since is None or since <= day]
    if not opened:
        return None
    since = _year_before(day)
    recent = [one for inspections in opened for one in inspections if since < one.inspected_on <= day]
    marks = {"venue_access": 1.0, "venue_inspected": float(bool(recent))}
    if recent:
        last = max(recent, key=lambda one: one.inspected_on)
        pending = last.issues if last.rectified_on is None or last.rectified_on > day else 0
        late = last.due_on is not None and last.due_on < end
        marks |= {"venue_issues": float(pending), "venue_issues_overdue": float(pending if late else 0)}
    return marks


def _managed(source: Source) -> Mapping[int, Sequence[Venue]]:
    """Organisation → its venues; all of them in two statements, they are few hundred."""
    inspections: dict[int, list[Inspection]] = defaultdict(list)
    statement = sa.select(i.venue_id, i.inspected_on, *FLAGS, i.rectify_due_on, i.rectified_on).where(
        i.deleted_at.is_(None)
    )
    for venue, day, *flags, due, rectified in source.rows(
        statement.order_by(i.inspected_on, i.inspection_id)
    ):
        issues = sum(flag is not None and not flag for flag in flags)
        inspections[venue].insert(0, Inspection(day, issues, due, rectified))
    managed: dict[int, list[Venue]] = defaultdict(list)
    places = sa.select(v.venue_id, v.org_id, v.opened_on).where(
        v.deleted_at.is_(None), v.org_id.is_not(None), v.venue_kind.in_(KINDS)
    )
    for venue, org, opened in source.rows(places.order_by(v.venue_id)):
        managed[org].append((opened, inspections[venue]))
    return managed


def _year_before(day: date) -> date:
    if (day.month, day.day) == (2, 29):
        day = day.replace(day=28)
    return day.replace(year=day.year - 1)
