"""Members of a branch at the end of a month, and who came and went in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from data.clock import first_day
from data.contract import memberships
from data.projection.families.membership import h, living, roster, s, scored
from data.projection.source import Block, Row, Source, branch_filter, in_months, named, year_month

NAMES = ("members", "full_members", "scored_members")


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
            )
            .select_from(joined)
            .where(where)
            .group_by(s.branch_org_id)
        )
        for row in source.rows(statement):
            yield row.branch_org_id, month, named(row, NAMES)
    yield from _moves(
        source, block, s.started_on, s.start_reason, {"admitted": "admitted", "transfer_in": "moved_in"}
    )
    yield from _moves(source, block, s.ended_on, s.end_reason, {"transfer_out": "moved_out"})


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
