"""What dirties the counts of members: a row about a member reaches every later month its windows look back from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from data.clock import month_of
from data.contract import (
    METADATA,
    activities,
    appraisal_results,
    appraisals,
    attendances,
    dues_obligations,
    dues_payment_allocations,
    dues_payments,
    exam_attempts,
    exams,
    memberships,
)
from data.projection.cells import DirtyCells
from data.projection.change_rules.kinds import ONE_WRITE, Rule, changed_of_committees, mark_members
from data.projection.source import Source

FAMILY = ("member_lights",)

t, a, s = attendances.c, activities.c, memberships.c
_o, _x = dues_obligations.c, dues_payment_allocations.c
_allocated = dues_obligations.join(dues_payment_allocations, _x.obligation_id == _o.obligation_id)
_DUES = ("dues_obligations", "dues_payments", "dues_payment_allocations")


def _mark(source: Source, who: dict[str | None, set[int]], dirty: DirtyCells) -> None:
    """Every branch of these members, from the month on (None: all months)."""
    for month, ids in who.items():
        later = [m for m in source.calendar.months if month is None or m >= month]
        found = sorted(ids)
        for start in range(0, len(found) if later else 0, 500):
            mark_members(source, s.member_id.in_(found[start : start + 500]), dirty, FAMILY, later)


def _about(table: sa.Table, when: str | None = None, members_in: Sequence[str] = ("member_id",)) -> Rule:
    """Rows about members: from the row's month on when it was written once; an earlier month is not told else."""
    day = sa.literal(None) if when is None else table.c[when]
    columns = (
        *(table.c[name] for name in members_in),
        day.label("day"),
        table.c.created_at,
        table.c.updated_at,
    )

    def rule(source: Source, these: sa.ColumnElement[bool], dirty: DirtyCells) -> None:
        who: dict[str | None, set[int]] = {}
        for row in source.rows(sa.select(*columns).where(these)):
            is_new = row.updated_at - row.created_at < ONE_WRITE
            ids = {row[k] for k in range(len(members_in)) if row[k] is not None}
            who.setdefault(_month(row.day) if is_new else None, set()).update(ids)
        _mark(source, who, dirty)

    return rule


def _month(day: Any) -> str | None:
    if day is None:
        return None
    return day[:7] if isinstance(day, str) else month_of(day)


def _by_keys(members_of: sa.Select[Any], tables: tuple[str, ...]) -> Rule:
    """All months of the members a statement finds once it is narrowed to the changed rows."""

    def rule(source: Source, these: sa.ColumnElement[bool], dirty: DirtyCells) -> None:
        if not source.missing.intersection(tables):
            ids = {row[0] for row in source.rows(members_of.where(these).distinct()) if row[0] is not None}
            _mark(source, {None: ids}, dirty)

    return rule


def _paid(joined: sa.FromClause, written: sa.Table) -> Rule:
    """From the dues month on that a new row pays for; of a changed one the old obligation is not told."""
    columns = (_o.member_id, _o.dues_month, written.c.created_at, written.c.updated_at)

    def rule(source: Source, these: sa.ColumnElement[bool], dirty: DirtyCells) -> None:
        if source.missing.intersection(_DUES):
            return
        who: dict[str | None, set[int]] = {}
        for member, month, created, updated in source.rows(
            sa.select(*columns).select_from(joined).where(these)
        ):
            who.setdefault(month if updated - created < ONE_WRITE else None, set()).add(member)
        _mark(source, who, dirty)

    return rule


def _attendances(source: Source, these: sa.ColumnElement[bool], dirty: DirtyCells) -> None:
    """From the month of the activity on, which the row cannot change."""
    joined = attendances.join(activities, a.activity_id == t.activity_id)
    who: dict[str | None, set[int]] = {}
    for month, member in source.rows(sa.select(a.period_month, t.member_id).select_from(joined).where(these)):
        who.setdefault(month, set()).add(member)
    _mark(source, who, dirty)


def _activities(source: Source, these: sa.ColumnElement[bool], dirty: DirtyCells) -> None:
    """A new activity has its speaker only; of an older one everybody on its roster, from its month on: one it left is
    found by counting, but not that of a committee's (displaced.py)."""
    anywhere = set(changed_of_committees(source, these))
    who: dict[str | None, set[int]] = {}
    changed: dict[str | None, list[int]] = {}
    columns = (a.activity_id, a.period_month, a.speaker_member_id, a.created_at, a.updated_at)
    for row in source.rows(sa.select(*columns).where(these)):
        since = None if row.activity_id in anywhere else row.period_month
        if row.updated_at - row.created_at >= ONE_WRITE:
            changed.setdefault(since, []).append(row.activity_id)
        if row.speaker_member_id is not None:
            who.setdefault(since, set()).add(row.speaker_member_id)
    for since, ids in changed.items() if "attendances" not in source.missing else ():
        roster = sa.select(t.member_id).where(t.activity_id.in_(ids)).distinct()
        who.setdefault(since, set()).update(row[0] for row in source.rows(roster))
    _mark(source, who, dirty)


def _appraisals(source: Source, these: sa.ColumnElement[bool], dirty: DirtyCells) -> None:
    """All members the branch ever had, and whoever has a result."""
    keys = sa.select(appraisals.c.appraisal_id).where(these)
    r = appraisal_results.c
    if "appraisal_results" not in source.missing:
        with_result = source.rows(sa.select(r.member_id).where(r.appraisal_id.in_(keys)).distinct())
        _mark(source, {None: {row[0] for row in with_result}}, dirty)
    organisers = sa.select(appraisals.c.org_id).where(these)
    held = source.rows(sa.select(s.member_id).where(s.branch_org_id.in_(organisers)).distinct())
    _mark(source, {None: {row[0] for row in held}}, dirty)


_of_exam = sa.select(exam_attempts.c.member_id).select_from(
    exam_attempts.join(exams, exams.c.exam_id == exam_attempts.c.exam_id)
)

# When a row is about a day, it reaches the months from that day on; without one all of them.
_DATED: dict[str, str | None] = {
    "dues_obligations": "dues_month",
    "volunteer_records": "service_on",
    "learning_records": "completed_at",
    "member_tasks": "due_on",
    "member_deeds": "occurred_on",
    "honors": "awarded_on",
    "community_checkins": "occurred_on",
    "service_requests": "submitted_at",
    "member_submissions": "submitted_at",
    "exam_attempts": "taken_at",
    "transfers": "applied_at",
    "member_dispositions": "opened_on",
    "warnings": "raised_at",
    "floating_reports": None,
    "appraisal_results": None,
    "lost_contact_cases": "registered_on",
    "party_posts": "started_on",
    "app_registrations": "registered_at",
    "memberships": None,
    "member_state_history": None,
    "member_category_history": None,
    "members": None,
}

RULES: dict[str, Rule] = {
    **{name: _about(METADATA.tables[name], when) for name, when in _DATED.items()},
    "heart_talks": _about(
        METADATA.tables["heart_talks"], "talked_on", ("initiator_member_id", "partner_member_id")
    ),
    "activities": _activities,
    "attendances": _attendances,
    "appraisals": _appraisals,
    "dues_payment_allocations": _paid(_allocated, dues_payment_allocations),
    "dues_payments": _paid(
        _allocated.join(dues_payments, dues_payments.c.payment_id == _x.payment_id), dues_payments
    ),
    "exams": _by_keys(_of_exam, ("exam_attempts", "exams")),
}
