"""Terms and posts: days left of the term, and who leads the branch, at the end of a month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import sqlalchemy as sa

from data.clock import last_day
from data.contract import org_terms, party_posts
from data.projection.families.membership import in_force
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
    """term_days (absent without an election yet) and the posts in force, per branch and month."""
    yield from _terms(source, block)
    for month in block.months:
        yield from _posts(source, block, month)


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


def _posts(source: Source, block: Block, month: str) -> Iterator[Row]:
    day = source.calendar.day_of(month)
    statement = (
        sa.select(p.org_id, p.post_type, sa.func.count(sa.distinct(p.member_id)).label("n"))
        .where(
            p.deleted_at.is_(None),
            p.post_type.in_(COMMITTEE_POSTS),
            in_force(p.started_on, p.ended_on, day),
            branch_filter(p.org_id, block),
        )
        .group_by(p.org_id, p.post_type)
    )
    posts: dict[int, dict[str, int]] = {}
    for row in source.rows(statement):
        posts.setdefault(row.org_id, {})[row.post_type] = row.n
    for org, held in posts.items():
        yield (
            org,
            month,
            {
                "has_secretary": float("secretary" in held),
                "has_committee": float(any(post in held for post in COMMITTEE_MEMBERS)),
                "committee_size": float(sum(held.values())),
            },
        )
