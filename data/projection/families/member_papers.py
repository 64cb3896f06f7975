"""What is on file about members: quarterly reports, appraisals, letters, dispositions, warnings, searches."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import sqlalchemy as sa

from data.clock import cutoff, month_of
from data.contract import (
    appraisal_results,
    appraisals,
    floating_reports,
    lost_contact_cases,
    member_category_history,
    member_dispositions,
    member_state_history,
    memberships,
    transfers,
    warnings,
)
from data.indicators.member.cube import MemberCube, month_number
from data.indicators.member.facts import GRADES, MISSED
from data.projection.families.appraisals import suffix_of
from data.projection.families.member_source import Span, ordinal
from data.projection.families.membership import c, category, membership, s, state

f, a, r, x = floating_reports.c, appraisals.c, appraisal_results.c, transfers.c
d, w, lost = member_dispositions.c, warnings.c, lost_contact_cases.c

CODES = {grade: code for code, grade in enumerate(GRADES, 1)}
LIGHT = ("rectify", "warning")
WITH_LETTER = ("letter_issued", "expired", "completed")
LONG_OVERDUE = timedelta(days=60)


def read_papers(span: Span, cube: MemberCube) -> None:
    """Every paper that is connected; states on the last day of the month (today in the open one)."""
    for tables, read in (
        (("floating_reports",), _reports),
        (("appraisals", "appraisal_results"), _appraisals),
        (("transfers",), _letters),
        (("member_dispositions",), _dispositions),
        (("warnings",), _warnings),
        (("lost_contact_cases",), _searches),
    ):
        if span.has(*tables):
            read(span, cube)


def _place(cube: MemberCube, member: int, month: str) -> tuple[int, int] | None:
    """Row and column of a member's month; None for a stranger. Months before the first one fall into it."""
    row = int(np.searchsorted(cube.members, member))
    if row >= len(cube.members) or cube.members[row] != member:
        return None
    return row, month_number(month) - month_number(cube.months[0])


def _reports(span: Span, cube: MemberCube) -> None:
    """Approved quarterly reports, in the last month of their quarter."""
    quarters = [f"{month[:4]}Q{int(month[5:]) // 3}" for month in span.months if int(month[5:]) % 3 == 0]
    quarter = sa.cast(sa.func.substr(f.quarter, 1, 4), sa.Integer) * 12
    quarter += sa.cast(sa.func.substr(f.quarter, 6, 1), sa.Integer) * 3 - 1
    statement = sa.select(
        f.member_id,
        quarter,
        sa.case((f.report_kind == "activity_proof", 1), else_=0),
        sa.case((f.report_kind == "thought_report", 1), else_=0),
    ).where(
        f.deleted_at.is_(None),
        f.review_result == "approve",
        f.quarter.in_(quarters),
        span.whose(f.member_id),
    )
    for rows in span.numbers(statement):
        cube.add(("proofs_approved", "thoughts_approved"), rows)


def _appraisals(span: Span, cube: MemberCube) -> None:
    """The last valid appraisal of each member, however long ago, and what was given in each month."""
    columns = (a.appraisal_id, a.appraisal_year, a.held_on, a.recorded_at)
    valid = (a.deleted_at.is_(None), a.appraisal_kind == "democratic_appraisal")
    given = (
        sa.select(r.member_id, r.grade, r.peer_satisfaction, *columns)
        .select_from(appraisals.join(appraisal_results, r.appraisal_id == a.appraisal_id))
        .where(*valid, r.deleted_at.is_(None), span.whose(r.member_id))
    )
    found = [(row.held_on, 1, row.appraisal_id, row) for row in span.source.rows(given)]
    found += [
        (row.held_on, 0, row.appraisal_id, row) for row in span.source.rows(_missed(span, valid, columns))
    ]
    months: dict[int, int | None] = {}
    places = {int(member): row for row, member in enumerate(cube.members)}
    for _, was_given, appraisal, row in sorted(found, key=lambda one: one[:3]):
        if appraisal not in months:
            months[appraisal] = _column(cube, row)
        column, member = months[appraisal], places.get(row.member_id)
        if column is None or member is None or (was_given and row.grade not in CODES):
            continue
        _appraised(cube, member, column, row, was_given=bool(was_given))


def _column(cube: MemberCube, appraisal: sa.Row[Any]) -> int | None:
    """Column of the month it was held in (negative before the first); None when it cannot be counted: held for
    its own year or, to the end of February, for the one before, and recorded before the month closed."""
    month = month_of(appraisal.held_on)
    in_time = appraisal.recorded_at < cutoff(month)
    column = month_number(month) - month_number(cube.months[0])
    serves = suffix_of(appraisal.held_on, appraisal.appraisal_year) is not None
    return column if in_time and serves and column < len(cube.months) else None


def _appraised(cube: MemberCube, member: int, column: int, row: sa.Row[Any], *, was_given: bool) -> None:
    code = CODES[row.grade] if was_given else MISSED
    cube.facts["grade"][member, max(column, 0) :] = code
    peer = np.nan if not was_given or row.peer_satisfaction is None else float(row.peer_satisfaction)
    if was_given:
        cube.facts["peer_satisfaction"][member, max(column, 0) :] = peer
    if column >= 0:
        cube.facts["grade_given"][member, column] = code
        cube.facts["peer_given"][member, column] = peer


def _missed(
    span: Span, valid: tuple[sa.ColumnElement[bool], ...], columns: tuple[sa.ColumnElement[Any], ...]
) -> sa.Select[Any]:
    """Members of the branch on the day held, neither abroad nor searched for, who have no result."""
    has_result = (
        sa.select(r.result_id)
        .where(r.appraisal_id == a.appraisal_id, r.member_id == s.member_id, r.deleted_at.is_(None))
        .exists()
    )
    where = [
        *valid,
        sa.or_(c.category.is_(None), c.category != "abroad"),
        sa.not_(has_result),
        span.whose(s.member_id),
    ]
    if span.has("lost_contact_cases"):
        case = (
            sa.select(lost.case_id)
            .where(
                lost.member_id == s.member_id,
                lost.deleted_at.is_(None),
                lost.registered_on <= a.held_on,
                sa.or_(lost.found_on.is_(None), lost.found_on > a.held_on),
            )
            .exists()
        )
        where.append(sa.not_(case))
    joined = (
        appraisals.join(memberships, sa.and_(s.branch_org_id == a.org_id, membership(a.held_on)))
        .join(member_state_history, state(a.held_on))
        .outerjoin(member_category_history, category(a.held_on))
    )
    none = sa.literal(None)
    return (
        sa.select(s.member_id, none.label("grade"), none.label("peer_satisfaction"), *columns)
        .select_from(joined)
        .where(*where)
    )


def _letters(span: Span, cube: MemberCube) -> None:
    """Days past the letter of introduction of the member's latest transfer; completion ends the matter."""
    statement = (
        sa.select(
            x.member_id, x.applied_at, x.state, x.letter_issued_on, x.letter_valid_until, x.completed_at
        )
        .where(x.deleted_at.is_(None), x.member_id.is_not(None), span.whose(x.member_id))
        .order_by(x.applied_at, x.transfer_id)
    )
    days = span.day_numbers
    for row in span.source.rows(statement):
        place = _place(cube, row.member_id, cube.months[0])
        if place is None:
            continue
        applied = days >= ordinal(row.applied_at)
        held = np.full(len(days), np.nan, dtype=np.float32)
        if row.letter_valid_until is not None and row.state in WITH_LETTER:
            under_way = days >= ordinal(row.letter_issued_on or row.applied_at)
            if row.state == "completed":
                under_way &= days < ordinal(row.completed_at)
            held[under_way] = (days - ordinal(row.letter_valid_until))[under_way]
        cube.facts["letter_days"][place[0], applied] = held[applied]


def _dispositions(span: Span, cube: MemberCube) -> None:
    """In force: opened, and not yet closed or still inside the time it has effect."""
    statement = sa.select(
        d.member_id,
        d.disposition_kind,
        d.opened_on,
        d.branch_decided_on,
        d.approved_on,
        d.effective_until,
        d.closed_on,
    ).where(d.deleted_at.is_(None), span.whose(d.member_id))
    days = span.day_numbers
    for row in span.source.rows(statement):
        place = _place(cube, row.member_id, cube.months[0])
        if place is None:
            continue
        still = np.full(len(days), row.closed_on is None)
        if row.closed_on is not None:
            still |= days < ordinal(row.closed_on)
        if row.effective_until is not None:
            still |= days <= ordinal(row.effective_until)
        fact = "dispositions_light" if row.disposition_kind in LIGHT else "dispositions_heavy"
        cube.facts[fact][place[0]] += ((days >= ordinal(row.opened_on)) & still).astype(np.uint8)
        _count_once(cube, row.member_id, row.branch_decided_on or row.approved_on, "dispositions_decided")


def _count_once(cube: MemberCube, member: int, day: date | None, fact: str) -> None:
    place = None if day is None else _place(cube, member, month_of(day))
    if place is not None and 0 <= place[1] < len(cube.months):
        cube.facts[fact][place] += 1


def _warnings(span: Span, cube: MemberCube) -> None:
    """Warnings about the member that passed their limit without being rectified."""
    statement = sa.select(w.member_id, w.rectify_due_on, w.rectified_at).where(
        w.deleted_at.is_(None),
        w.subject_type == "member",
        w.member_id.is_not(None),
        w.state != "invalid",
        w.rectify_due_on.is_not(None),
        w.rectify_due_on < span.days[-1],
        span.whose(w.member_id),
    )
    days = span.day_numbers
    for row in span.source.rows(statement):
        place = _place(cube, row.member_id, cube.months[0])
        if place is None:
            continue
        due, done = ordinal(row.rectify_due_on), ordinal(row.rectified_at, 10**7)
        overdue = (days > due) & (days < done)
        cube.facts["warnings_overdue"][place[0]] += overdue.astype(np.uint8)
        long = overdue & (days > due + LONG_OVERDUE.days)
        cube.facts["warnings_overdue_60"][place[0]] += long.astype(np.uint8)
        if done > due:
            _count_once(cube, row.member_id, row.rectify_due_on + timedelta(days=1), "warnings_missed")


def _searches(span: Span, cube: MemberCube) -> None:
    """Members somebody is searching for on the day."""
    statement = sa.select(
        lost.member_id, lost.registered_on, lost.found_on, lost.status, lost.suspended_on
    ).where(lost.deleted_at.is_(None), span.whose(lost.member_id))
    days = span.day_numbers
    for row in span.source.rows(statement):
        place = _place(cube, row.member_id, cube.months[0])
        if place is None:
            continue
        ended = min(ordinal(row.found_on, 10**7), ordinal(row.suspended_on, 10**7))
        searched = (days >= ordinal(row.registered_on)) & (days < ended)
        if ended == 10**7 and row.status != "searching":
            continue
        cube.facts["lost_case"][place[0]] |= searched.astype(np.uint8)
