"""Activities that changed hands: a row names only the organisation it has now, its old one is found by counting."""

from __future__ import annotations

from typing import Any

import numpy as np
import sqlalchemy as sa

from data.contract import activities, attendances, memberships
from data.projection.cells import DirtyCells
from data.projection.change_rules.kinds import mark_members
from data.projection.change_rules.organisation_quality import mark_secretaries
from data.projection.source import Source
from data.readmodel.cube import Cube

# What every held activity is counted as, exactly one of them.
KINDS_OF_HELD = ("activities", "backfilled", "activities_broken")


def mark_displaced(source: Source, cube: Cube, dirty: DirtyCells) -> None:
    """Mark the cells that hold another number of activities than the source does now, and what the members of the
    changed activities did in these months.

    One scan of a covering index, 0.1 s for 465,000 activities; run only when an activity was changed that had
    been read before. Where one left and another came in the same run the other marks the cell itself.
    """
    held = _held(source, cube)
    counted = np.sum([cube[name] for name in KINDS_OF_HELD], axis=0)
    cells = np.argwhere(counted != held).tolist()
    for i, j in cells:
        dirty.add(
            ("activities", "groups", "attendance", "secretaries", "rhythm"),
            cube.branches[i],
            [cube.months[j]],
        )
    left = sorted({cube.months[j] for _, j in cells})
    if left and "attendances" not in source.missing:
        _mark_members(source, dirty, left)


def _held(source: Source, cube: Cube) -> np.ndarray[Any, Any]:
    """Activities marked held, branches × months of the cube."""
    a = activities.c
    statement = (
        sa.select(a.org_id, a.period_month, sa.func.count())
        .where(a.deleted_at.is_(None), a.status == "held", a.period_month.in_(source.calendar.months))
        .group_by(a.org_id, a.period_month)
    )
    rows = {branch: i for i, branch in enumerate(cube.branches)}
    columns = {month: j for j, month in enumerate(cube.months)}
    held = np.zeros((len(rows), len(columns)))
    for org_id, month, n in source.rows(statement):
        branch = source.tree.branch_of(org_id)
        if branch in rows and month in columns:
            held[rows[branch], columns[month]] += n
    return held


def _mark_members(source: Source, dirty: DirtyCells, left: list[str]) -> None:
    """Whoever was on the roster of a changed activity or spoke at it: in all months from the first one it may have
    left, for their windows look back."""
    a, t = activities.c, attendances.c
    later = [month for month in source.calendar.months if month >= left[0]]
    changed = sorted(dirty.may_be_displaced)
    for start in range(0, len(changed), 500):
        these = changed[start : start + 500]
        there = sa.select(t.member_id).where(t.activity_id.in_(these))
        spoke = sa.select(a.speaker_member_id).where(
            a.activity_id.in_(these), a.speaker_member_id.is_not(None)
        )
        who = sa.union(there, spoke).subquery()
        among = sa.select(who.c[0])
        mark_members(source, memberships.c.member_id.in_(among), dirty, ("member_lights",), later)
        mark_secretaries(source, among, dirty, later)
