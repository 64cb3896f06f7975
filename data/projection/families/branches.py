"""Whether a branch exists, is evaluated or is new in a month: from the tree alone, without a statement."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from data.clock import first_day, last_day, month_of
from data.projection.source import Block, Row, Source


def read(source: Source, block: Block) -> Iterator[Row]:
    """Eligible: established by the end of the month before and not dissolved by the end of this one (§3.2)."""
    for org_id in source.tree.branches if block.orgs is None else block.orgs:
        org = source.tree.organisations[org_id]
        for month in block.months:
            first, last = first_day(month), last_day(month)
            eligible = org.active_on(first - timedelta(days=1)) and org.active_on(last)
            founded = org.established_on is not None and month_of(org.established_on) == month
            yield (
                org_id,
                month,
                {
                    "active": float(org.active_on(source.calendar.day_of(month))),
                    "eligible": float(eligible),
                    "founded": float(founded),
                    "established_day": float(org.established_on.toordinal() if org.established_on else 0),
                    "temporary": float(org.org_type == "temporary_branch"),
                },
            )
