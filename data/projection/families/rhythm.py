"""First and last organisation life of each month, and how many days of the month have passed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from data.contract import LIFE_TYPES
from data.contract import activities as activities_table
from data.projection.evidence import a, valid_activity
from data.projection.families.activities import organisers
from data.projection.source import Block, Row, Source


def read(source: Source, block: Block) -> Iterator[Row]:
    """day_of_month of every branch; the days (proleptic ordinals) of valid LIFE activities of it and its groups."""
    owners = organisers(source, block)
    days: dict[tuple[int, str], list[int]] = {}
    statement = (
        sa.select(
            a.org_id,
            a.period_month,
            sa.func.min(a.started_at).label("first"),
            sa.func.max(a.started_at).label("last"),
        )
        .select_from(activities_table)
        .where(
            valid_activity(block.months),
            a.activity_type.in_(LIFE_TYPES),
            sa.true() if owners is None else a.org_id.in_(owners),
        )
        .group_by(a.org_id, a.period_month)
    )
    for row in source.rows(statement):
        branch = source.tree.branch_of(row.org_id)
        if branch is not None:
            days.setdefault((branch, row.period_month), []).extend((_ordinal(row.first), _ordinal(row.last)))
    for branch in source.tree.branches if block.orgs is None else block.orgs:
        for month in block.months:
            values = {"day_of_month": float(source.calendar.day_of(month).day)}
            if found := days.get((branch, month)):
                values |= {"first_life_day": float(min(found)), "last_life_day": float(max(found))}
            yield branch, month, values


def _ordinal(moment: Any) -> int:
    at: date = moment if isinstance(moment, datetime) else datetime.fromisoformat(moment)
    return at.toordinal()
