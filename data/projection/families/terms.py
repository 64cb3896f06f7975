"""Terms and posts: days left of the term, and who leads the branch, at the end of a month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from data.clock import last_day
from data.contract import org_terms, party_posts
from data.projection.families.membership import of_living_member
from data.projection.source import Block, Row, Source, branch_filter

t, p = org_terms.c, party_posts.c

COMMITTEE_POSTS = (
    "secretary",
    "deputy_secretary",
    "organization",
    "publicity",
    "discipline",
    "other_committee",
)
# A secretary and a deputy alone are not a committee (hs_b_committee_meeting).
COMMITTEE_MEMBERS = COMMITTEE_POSTS[2:]


def read(source: Source, block: Block) -> Iterator[Row]:
    """term_days (absent without an election yet), the posts in force and the days without a secretary, per branch
    (or committee the block names) and month."""
    yield from _terms(source, block)
    yield from _posts(source, block)
    yield from _vacancies(source, block)


def _terms(source: Source, block: Block) -> Iterator[Row]:
    statement = sa.select(t.org_id, t.elected_on, t.expires_on, t.extension_until).where(
        t.deleted_at.is_(None), branch_filter(t.org_id, block)
    )
    terms: dict[int, list[sa.Row[Any]]] = {}
    for row in source.rows(statement.order_by(t.org_id, t.elected_on, t.term_id)):
        terms.setdefault(row.org_id, []).append(row)
    for org, rows in terms.items():
        for month in block.months:
            # The end of a month is its last calendar day, in the open month too (rulings 14).
            expiry = _expiry(rows, last_day(month))
            if expiry is not None:
                yield org, month, {"term_days": float((expiry - last_day(month)).days)}


def _expiry(rows: list[sa.Row[Any]], day: date) -> date | None:
    """Last valid day of the newest term elected by the day; an approved extension counts when it is later."""
    elected = [row for row in rows if row.elected_on <= day]
    if not elected:
        return None
    newest = elected[-1]
    expiry: date = newest.expires_on
    return max(expiry, newest.extension_until or expiry)


def _posts(source: Source, block: Block) -> Iterator[Row]:
    """One statement for all months: asked month by month, 25 times, who is deleted takes longer than the posts."""
    days = {month: source.calendar.day_of(month) for month in block.months}
    statement = sa.select(p.org_id, p.post_type, p.member_id, p.started_on, p.ended_on).where(
        p.deleted_at.is_(None),
        of_living_member(p.member_id),
        p.post_type.in_(COMMITTEE_POSTS),
        p.started_on <= max(days.values()),
        sa.or_(p.ended_on.is_(None), p.ended_on > min(days.values())),
        branch_filter(p.org_id, block),
    )
    held: dict[tuple[int, str], set[tuple[str, int]]] = {}
    for row in source.rows(statement):
        for month, day in days.items():
            if row.started_on <= day and (row.ended_on is None or row.ended_on > day):
                held.setdefault((row.org_id, month), set()).add((row.post_type, row.member_id))
    for (org, month), posts in held.items():
        kinds = {kind for kind, _ in posts}
        values = {
            "has_secretary": float("secretary" in kinds),
            "has_committee": float(not kinds.isdisjoint(COMMITTEE_MEMBERS)),
            "committee_size": float(len({member for _, member in posts})),
        }
        yield org, month, values


def _vacancies(source: Source, block: Block) -> Iterator[Row]:
    """0 with a secretary in force, else days since the last day of the last one; founding stands for a secretary
    the branch never had (rulings 26)."""
    statement = sa.select(p.org_id, p.started_on, p.ended_on).where(
        p.deleted_at.is_(None),
        of_living_member(p.member_id),
        p.post_type == "secretary",
        branch_filter(p.org_id, block),
    )
    held: dict[int, list[tuple[date, date | None]]] = {}
    for row in source.rows(statement):
        held.setdefault(row.org_id, []).append((row.started_on, row.ended_on))
    unrecorded = _unrecorded(source, block)
    for org in source.tree.branches if block.orgs is None else block.orgs:
        founded = source.tree.organisations[org].established_on
        for month in block.months:
            day = source.calendar.day_of(month)
            if org in unrecorded and unrecorded[org] > day:
                continue
            if founded is not None and founded <= day:
                yield org, month, {"vacancy_days": float(_vacancy(held.get(org, []), founded, day))}


def _unrecorded(source: Source, block: Block) -> dict[int, date]:
    """Committees of the block with the day their first officer is recorded: before it nobody knows who leads them,
    while a branch without any officer is one without a secretary."""
    asked = set(block.orgs or ()).intersection(source.tree.committees)
    if not asked:
        return {}
    first = (
        sa.select(p.org_id, sa.func.min(p.started_on))
        .where(
            p.deleted_at.is_(None),
            of_living_member(p.member_id),
            p.post_type.in_(COMMITTEE_POSTS),
            p.org_id.in_(asked),
        )
        .group_by(p.org_id)
    )
    return {**dict.fromkeys(asked, date.max), **{row[0]: row[1] for row in source.rows(first)}}


def _vacancy(held: list[tuple[date, date | None]], founded: date, day: date) -> int:
    begun = [(start, end) for start, end in held if start <= day]
    if any(end is None or end > day for _, end in begun):
        return 0
    last = max((end - timedelta(days=1) for _, end in begun if end is not None), default=founded)
    return (day - last).days
