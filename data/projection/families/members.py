"""Members of a branch at the end of a month, and who came and went in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from data.clock import first_day
from data.contract import members as members_table
from data.contract import memberships
from data.projection.families.membership import c, h, living, m, roster, s, scored
from data.projection.source import Block, Row, Source, branch_filter, in_months, named, year_month

NAMES = (
    "members",
    "full_members",
    "scored_members",
    "service_members",
    "member_fields",
    "member_fields_filled",
)
# Who is not asked for volunteer service (hs_b_volunteer).
NOT_SERVING = ("aged_infirm", "abroad", "flow_out")


def read(source: Source, block: Block) -> Iterator[Row]:
    """One row per branch and month with members, then the moves counted by their own month."""
    for month in block.months:
        day = source.calendar.day_of(month)
        joined, where = roster(block, day)
        statement = (
            sa.select(
                s.branch_org_id,
                sa.func.count(sa.distinct(s.member_id)).label("members"),
                _sum(h.member_stage == "full", "full_members"),
                _sum(scored(first_day(month)), "scored_members"),
                _sum(sa.or_(c.category.is_(None), c.category.not_in(NOT_SERVING)), "service_members"),
                *_record(),
            )
            .select_from(joined.outerjoin(members_table, m.member_id == s.member_id))
            .where(where)
            .group_by(s.branch_org_id)
        )
        for row in source.rows(statement):
            yield row.branch_org_id, month, named(row, NAMES)
    yield from _moves(
        source, block, s.started_on, s.start_reason, {"admitted": "admitted", "transfer_in": "moved_in"}
    )
    yield from _moves(source, block, s.ended_on, s.end_reason, {"transfer_out": "moved_out"})


def _record() -> list[sa.Label[Any]]:
    """Fields a member's record should have and has; today's fields, for the register keeps no history of them."""
    fields = (m.birthday, m.education, m.occupation, m.joined_on, m.home_division_id, c.category)
    full = sa.case((h.member_stage == "full", 1), else_=0)
    full_since = sa.case((sa.and_(h.member_stage == "full", m.full_member_on.is_not(None)), 1), else_=0)
    filled = [sa.case((field.is_not(None), 1), else_=0) for field in fields]
    return [
        sa.func.sum(len(fields) + full).label("member_fields"),
        sa.func.sum(sum(filled, full_since)).label("member_fields_filled"),
    ]


def _moves(
    source: Source,
    block: Block,
    day: sa.ColumnElement[Any],
    reason: sa.ColumnElement[Any],
    names: dict[str, str],
) -> Iterator[Row]:
    year, month = year_month(day)
    statement = (
        sa.select(
            s.branch_org_id,
            year.label("y"),
            month.label("m"),
            reason.label("reason"),
            sa.func.count().label("n"),
        )
        .select_from(memberships)
        .where(
            living(),
            s.kind == "formal",
            reason.in_(names),
            day <= source.calendar.now.date(),
            in_months(day, block.months, as_date=True),
            branch_filter(s.branch_org_id, block),
        )
        .group_by(s.branch_org_id, year, month, reason)
    )
    for row in source.rows(statement):
        yield row.branch_org_id, f"{int(row.y):04d}-{int(row.m):02d}", {names[row.reason]: row.n}


def _sum(condition: sa.ColumnElement[bool], name: str) -> sa.Label[int]:
    return sa.func.sum(sa.case((condition, 1), else_=0)).label(name)
