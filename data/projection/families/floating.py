"""Floating members: who was away long enough to owe a report for a closed quarter, and whose was approved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import sqlalchemy as sa

from data.clock import last_day
from data.contract import floating_reports
from data.projection.families.membership import c, roster, s
from data.projection.source import Block, Row, Source

f = floating_reports.c

# "For at least 45 days" counts the last day of the quarter itself.
LONG_ENOUGH = timedelta(days=44)


def read(source: Source, block: Block) -> Iterator[Row]:
    """floating_due and floating_reported in the last month of each closed quarter; other months have no row."""
    for month in block.months:
        number = int(month[5:])
        if number % 3 or not source.calendar.is_closed(month):
            continue
        day = last_day(month)
        joined, where = roster(block, day)
        approved = (
            sa.select(f.report_id)
            .where(
                f.member_id == s.member_id,
                f.deleted_at.is_(None),
                f.quarter == f"{month[:4]}Q{number // 3}",
                f.review_result == "approve",
            )
            .exists()
        )
        statement = (
            sa.select(
                s.branch_org_id,
                sa.func.count().label("due"),
                sa.func.sum(sa.case((approved, 1), else_=0)).label("reported"),
            )
            .select_from(joined)
            .where(where, c.category == "flow_out", c.valid_from <= day - LONG_ENOUGH)
            .group_by(s.branch_org_id)
        )
        for row in source.rows(statement):
            yield row.branch_org_id, month, {"floating_due": row.due, "floating_reported": row.reported}
