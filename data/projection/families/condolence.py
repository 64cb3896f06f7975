"""Year-end visits (年底慰问): who was to be visited in a winter, and who was, in the month of the first visit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from data.clock import add_months, cutoff, first_day
from data.contract import condolence_visits
from data.contract import members as members_table
from data.projection.families.membership import c, m, roster, s
from data.projection.source import Block, Row, Source

v = condolence_visits.c

# A season: December and the two months after it.
SEASON = 3
YEARS_IN_PARTY = 50


def read(source: Source, block: Block) -> Iterator[Row]:
    """condolence_due in December, condolence_visited in each month of the season; no rows in other months.

    A member belongs to the branch of 1 December, whoever visits; a visit recorded after its month does not count.
    """
    for december in sorted({_december(month) for month in block.months if _december(month)}):
        if first_day(december) > source.calendar.now.date():
            continue
        if december in block.months:
            for row in source.rows(_per_branch(_due(block, december))):
                yield row.branch_org_id, december, {"condolence_due": row.n}
        for month in (add_months(december, n) for n in range(SEASON)):
            if month in block.months:
                statement = _per_branch(_due(block, december).where(*_first_visit_in(month, december)))
                for row in source.rows(statement):
                    yield row.branch_org_id, month, {"condolence_visited": row.n}


def _december(month: str) -> str:
    """The December that begins the season of a month; empty outside the season."""
    number = int(month[5:])
    return add_months(month, -(number % 12)) if number in (12, 1, 2) else ""


def _due(block: Block, december: str) -> sa.Select[Any]:
    """Members of 1 December who are old and infirm or fifty years in the Party."""
    day = first_day(december)
    joined, where = roster(block, day)
    long_ago = day.replace(year=day.year - YEARS_IN_PARTY)
    return (
        sa.select(s.branch_org_id, s.member_id)
        .select_from(joined.join(members_table, m.member_id == s.member_id))
        .where(where, sa.or_(c.category == "aged_infirm", m.full_member_on <= long_ago))
        .distinct()
    )


def _per_branch(statement: sa.Select[Any]) -> sa.Select[Any]:
    due = statement.subquery()
    return sa.select(due.c.branch_org_id, sa.func.count().label("n")).group_by(due.c.branch_org_id)


def _first_visit_in(month: str, december: str) -> tuple[sa.ColumnElement[bool], ...]:
    """Visited in the month and not before it in the season."""
    earlier = [add_months(december, n) for n in range(SEASON) if add_months(december, n) < month]
    return (_visited(month), *(sa.not_(_visited(before)) for before in earlier))


def _visited(month: str) -> sa.ColumnElement[bool]:
    visit = sa.and_(
        v.member_id == s.member_id,
        v.deleted_at.is_(None),
        v.visited_on >= first_day(month),
        v.visited_on < cutoff(month).date(),
        v.recorded_at < cutoff(month),
    )
    return sa.exists().where(visit)
