"""Unqualified members and open dispositions (不合格党员处置): how many, and whose handling is past its limit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from data.clock import cutoff
from data.contract import (
    appraisal_results,
    appraisals,
    member_dispositions,
    member_state_history,
    memberships,
)
from data.projection.families.membership import h, living, s
from data.projection.source import Block, Row, Source, branch_filter

a, r, d = appraisals.c, appraisal_results.c, member_dispositions.c

# From the grade to the opening of a disposition, and from any limit to the red light.
TO_OPEN = timedelta(days=60)
LONG = timedelta(days=90)


@dataclass
class File:
    """What is on file about one member, oldest first: (held_on, grade) and (opened_on, due_on, closed_on)."""

    grades: list[tuple[date, str]] = field(default_factory=list)
    dispositions: list[tuple[date, date | None, date | None]] = field(default_factory=list)

    def overdue(self, end: date) -> timedelta | None:
        """How long the handling is past its limit before the day ``end``, zero when it is in time; None when the
        member is neither unqualified nor under a disposition."""
        graded = [(held, grade) for held, grade in self.grades if held < end]
        opened = [row for row in self.dispositions if row[0] < end]
        pending = [due for _, due, closed in opened if closed is None or closed >= end]
        limits = [due for due in pending if due is not None]
        unqualified = bool(graded) and graded[-1][1] == "unqualified"
        if unqualified and not any(closed is None or closed >= graded[-1][0] for _, _, closed in opened):
            limits.append(graded[-1][0] + TO_OPEN)
        if not pending and not unqualified:
            return None
        return max(end - min(limits), timedelta(0)) if limits else timedelta(0)


def read(source: Source, block: Block) -> Iterator[Row]:
    """Counts over the members a branch has at the end of each month; a handful of members has such a file."""
    files = _files(source, block)
    if not files:
        return
    days = [(month, source.calendar.day_of(month), _end(source, month)) for month in block.months]
    for row in source.rows(_memberships(block)):
        for month, day, end in days:
            held = _holds(row.started_on, row.ended_on, day) and _holds(row.valid_from, row.valid_to, day)
            overdue = files[row.member_id].overdue(end) if held and row.member_id in files else None
            if overdue is not None:
                values = {
                    "unqualified_members": 1.0,
                    "unqualified_overdue": float(overdue > timedelta(0)),
                    "unqualified_overdue_90": float(overdue > LONG),
                }
                yield row.branch_org_id, month, values


def _end(source: Source, month: str) -> date:
    """The day after the month, today in the open one: what was due before it is late."""
    return min(cutoff(month), source.calendar.now).date()


def _concerned() -> sa.Select[Any]:
    """Members with an unqualified grade or any disposition, ever."""
    graded = sa.select(r.member_id).where(r.grade == "unqualified", r.deleted_at.is_(None))
    disposed = sa.select(d.member_id).where(d.deleted_at.is_(None))
    return sa.select(graded.union(disposed).subquery().c.member_id)


def _memberships(block: Block) -> sa.Select[Any]:
    in_party = sa.and_(h.member_id == s.member_id, h.deleted_at.is_(None), h.membership_state == "in_party")
    return (
        sa.select(s.branch_org_id, s.member_id, s.started_on, s.ended_on, h.valid_from, h.valid_to)
        .select_from(memberships.join(member_state_history, in_party))
        .where(
            living(),
            s.kind == "formal",
            s.member_id.in_(_concerned()),
            branch_filter(s.branch_org_id, block),
        )
    )


def _files(source: Source, block: Block) -> Mapping[int, File]:
    here = sa.select(s.member_id).where(
        living(), s.kind == "formal", s.member_id.in_(_concerned()), branch_filter(s.branch_org_id, block)
    )
    found: dict[int, File] = defaultdict(File)
    grades = (
        sa.select(r.member_id, a.held_on, r.grade)
        .select_from(appraisal_results.join(appraisals, a.appraisal_id == r.appraisal_id))
        .where(r.deleted_at.is_(None), a.deleted_at.is_(None), r.member_id.in_(here))
        .order_by(a.held_on, r.result_id)
    )
    for row in source.rows(grades):
        found[row.member_id].grades.append((row.held_on, row.grade))
    disposed = sa.select(d.member_id, d.opened_on, d.due_on, d.closed_on).where(
        d.deleted_at.is_(None), d.member_id.in_(here)
    )
    for row in source.rows(disposed.order_by(d.opened_on, d.disposition_id)):
        found[row.member_id].dispositions.append((row.opened_on, row.due_on, row.closed_on))
    return dict(found)


def _holds(start: date, end: date | None, day: date) -> bool:
    return start <= day and (end is None or end > day)
