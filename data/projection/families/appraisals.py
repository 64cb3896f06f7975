"""Life meetings and democratic appraisals, in the month they were held, for this year or for the last."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import sqlalchemy as sa

from data.clock import cutoff, month_of
from data.contract import (
    appraisal_results,
    appraisals,
    lost_contact_cases,
    member_category_history,
    member_state_history,
    memberships,
)
from data.projection.families.membership import c, category, membership, s, state
from data.projection.source import Block, Row, Source, branch_filter, in_months

a, r, lost = appraisals.c, appraisal_results.c, lost_contact_cases.c


def read(source: Source, block: Block) -> Iterator[Row]:
    """Valid evidence only: recorded before the close of the month of held_on; other years are ignored."""
    statement = sa.select(
        a.appraisal_id, a.org_id, a.appraisal_year, a.appraisal_kind, a.held_on, a.recorded_at
    )
    found = source.rows(statement.where(_of(block)))
    valid = {row.appraisal_id: row for row in found if _serves(row) and _in_time(row)}
    for row in valid.values():
        kind = "life_meeting" if row.appraisal_kind == "life_meeting" else "appraisal"
        yield row.org_id, month_of(row.held_on), {f"{kind}_{_serves(row)}": 1.0}
    for counted in source.rows(_turnout(block)):
        appraisal = valid.get(counted.appraisal_id)
        if appraisal is not None:
            suffix = _serves(appraisal)
            values = {f"appraised_{suffix}": counted.appraised, f"appraisable_{suffix}": counted.appraisable}
            yield appraisal.org_id, month_of(appraisal.held_on), values


def _of(block: Block) -> sa.ColumnElement[bool]:
    return sa.and_(
        a.deleted_at.is_(None),
        in_months(a.held_on, block.months, as_date=True),
        branch_filter(a.org_id, block),
    )


def _turnout(block: Block) -> sa.Select[tuple[object, ...]]:
    """Per appraisal: D = members on the day held, not abroad, not lost; N = those of D with a result."""
    day = a.held_on
    open_case = (
        sa.select(lost.case_id)
        .where(
            lost.member_id == s.member_id,
            lost.deleted_at.is_(None),
            lost.registered_on <= day,
            sa.or_(lost.found_on.is_(None), lost.found_on > day),
        )
        .exists()
    )
    result = sa.and_(r.appraisal_id == a.appraisal_id, r.member_id == s.member_id, r.deleted_at.is_(None))
    joined = (
        appraisals.join(memberships, sa.and_(s.branch_org_id == a.org_id, membership(day)))
        .join(member_state_history, state(day))
        .outerjoin(member_category_history, category(day))
        .outerjoin(appraisal_results, result)
    )
    return (
        sa.select(
            a.appraisal_id,
            sa.func.count(sa.distinct(s.member_id)).label("appraisable"),
            sa.func.count(sa.distinct(r.member_id)).label("appraised"),
        )
        .select_from(joined)
        .where(
            _of(block),
            a.appraisal_kind == "democratic_appraisal",
            sa.or_(c.category.is_(None), c.category != "abroad"),
            sa.not_(open_case),
        )
        .group_by(a.appraisal_id)
    )


def suffix_of(held_on: date, year: int) -> str | None:
    """Which appraisal year a meeting serves: its own year, or the last one until the end of February."""
    if held_on.year == year:
        return "this_year"
    if held_on.year == year + 1 and held_on.month <= 2:
        return "last_year"
    return None


def _serves(row: sa.Row[Any]) -> str | None:
    """As `suffix_of`, or the last year late, until the next round begins in October (rulings 25)."""
    held_on, year = row.held_on, row.appraisal_year
    is_late = held_on.year == year + 1 and 3 <= held_on.month <= 9
    return "late" if is_late else suffix_of(held_on, year)


def _in_time(row: sa.Row[tuple[object, ...]]) -> bool:
    return bool(row.recorded_at < cutoff(month_of(row.held_on)))
