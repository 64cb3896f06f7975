"""Party groups at the end of a month, and how many of them held a valid group meeting in it."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from data.contract import activities as activities_table
from data.projection.evidence import valid_activity
from data.projection.source import Block, Row, Source

a = activities_table.c


def read(source: Source, block: Block) -> Iterator[Row]:
    """groups and groups_met per branch and month; a group counts when it is active on the day of the month."""
    branches = source.tree.branches if block.orgs is None else block.orgs
    groups = source.tree.groups_of(branches)
    statement = (
        sa.select(a.org_id, a.period_month)
        .where(
            valid_activity(block.months),
            a.activity_type == "group_meeting",
            sa.true() if block.orgs is None else a.org_id.in_(groups),
        )
        .distinct()
    )
    met = {(row.org_id, row.period_month) for row in source.rows(statement)}
    for month in block.months:
        day = source.calendar.day_of(month)
        for group, branch in groups.items():
            if source.tree.organisations[group].active_on(day):
                yield branch, month, {"groups": 1, "groups_met": float((group, month) in met)}
