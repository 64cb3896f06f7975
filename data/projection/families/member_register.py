"""Where each member was enrolled, in which category, and on which committee, month by month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import sqlalchemy as sa

from data.clock import first_day
from data.contract import (
    app_registrations,
    party_posts,
)
from data.indicators.member.cube import Array, MemberCube
from data.indicators.member.facts import ABROAD, CATEGORIES, EXEMPT, FLOW_OUT
from data.projection.families.floating import LONG_ENOUGH
from data.projection.families.member_source import Span, ordinal
from data.projection.families.membership import ARRIVALS, c, h, living, m, s
from data.projection.families.structure import years_before
from data.projection.families.terms import COMMITTEE_POSTS
from data.projection.source import Block, Source, branch_filter

p, r = party_posts.c, app_registrations.c

NEVER = 10**7
RECENT = timedelta(days=183)
FIELDS = ("birthday", "education", "occupation", "joined_on", "home_division_id")


@dataclass(frozen=True)
class Enrolment:
    """Formal membership rows: row of the member in the cube, branch, and per month whether it is counted."""

    member: Array
    branch: Array
    counted: Array


def members_of(source: Source, block: Block) -> list[int] | None:
    """Members with a formal membership in the block's branches at some time in its months; None for all."""
    if block.orgs is None:
        return None
    first, last = first_day(min(block.months)), source.calendar.day_of(max(block.months))
    statement = sa.select(s.member_id).where(
        living(),
        s.kind == "formal",
        s.started_on <= last,
        sa.or_(s.ended_on.is_(None), s.ended_on > first),
        branch_filter(s.branch_org_id, block),
    )
    return sorted({row[0] for row in source.rows(statement)})


def read_register(span: Span, known: dict[str, object]) -> tuple[MemberCube, Enrolment]:
    """An otherwise empty cube of everybody ever enrolled among the members, with who they are month by month."""
    held = span.source.rows(
        sa.select(s.member_id, s.branch_org_id, s.started_on, s.ended_on, s.start_reason)
        .where(s.deleted_at.is_(None), span.of(s.member_id), s.kind == "formal")
        .order_by(s.member_id, s.membership_id)
    )
    ids = np.array(sorted({row.member_id for row in held}), dtype=np.int64)
    cube = MemberCube.empty(ids, span.months, **known)
    row = np.searchsorted(ids, np.array([x.member_id for x in held], dtype=np.int64))
    start = np.array([ordinal(x.started_on) for x in held], dtype=np.int64)
    end = np.array([ordinal(x.ended_on, NEVER) for x in held], dtype=np.int64)
    arrived = np.array([x.start_reason in ARRIVALS for x in held], dtype=bool)
    in_force = _covers(start, end, span.day_numbers)
    fresh = arrived[:, None] & (start[:, None] >= span.month_starts[None, :])
    recent = arrived[:, None] & (start[:, None] > span.day_numbers[None, :] - RECENT.days)
    in_party = _in_party(span, cube)[row]
    _categories(span, cube)
    scored = ~np.isin(cube.facts["category"], (ABROAD, EXEMPT))[row]
    counted = in_force & in_party
    for name, mask in (
        ("enrolled", counted),
        ("settled", counted & scored & ~fresh),
        ("is_scored", counted & scored & ~fresh),
        ("recent", counted & recent),
    ):
        np.maximum.at(cube.facts[name], row, mask.astype(np.uint8))
    branch = np.array([x.branch_org_id for x in held], dtype=np.int64)
    _posts(span, cube)
    _people(span, cube)
    return cube, Enrolment(row, branch, counted)


def _covers(start: Array, end: Array, days: Array) -> Array:
    return np.asarray((start[:, None] <= days[None, :]) & (end[:, None] > days[None, :]))


def _rows_of(cube: MemberCube, ids: Sequence[int]) -> tuple[Array, Array]:
    """(kept, row in the cube) of member ids."""
    found = np.array(ids, dtype=np.int64)
    row = np.searchsorted(cube.members, found)
    kept = row < len(cube.members)
    kept[kept] &= cube.members[row[kept]] == found[kept]
    return kept, row


def _in_party(span: Span, cube: MemberCube) -> Array:
    found = span.source.rows(
        sa.select(h.member_id, h.valid_from, h.valid_to).where(
            h.deleted_at.is_(None), h.membership_state == "in_party", span.whose(h.member_id)
        )
    )
    state = np.zeros((len(cube.members), len(cube.months)), dtype=bool)
    kept, row = _rows_of(cube, [x.member_id for x in found])
    start = np.array([ordinal(x.valid_from) for x in found], dtype=np.int64)
    end = np.array([ordinal(x.valid_to, NEVER) for x in found], dtype=np.int64)
    np.logical_or.at(state, row[kept], _covers(start[kept], end[kept], span.day_numbers))
    return state


def _categories(span: Span, cube: MemberCube) -> None:
    """The category in force at each month's end, and who floated out for 45 days at the end of a quarter."""
    found = span.source.rows(
        sa.select(c.member_id, c.category, c.valid_from, c.valid_to)
        .where(c.deleted_at.is_(None), c.category != "flow_in", span.whose(c.member_id))
        .order_by(c.valid_from, c.history_id)
    )
    kept, row = _rows_of(cube, [x.member_id for x in found])
    start = np.array([ordinal(x.valid_from) for x in found], dtype=np.int64)[kept]
    end = np.array([ordinal(x.valid_to, NEVER) for x in found], dtype=np.int64)[kept]
    code = np.array([_code(x.category) for x in found], dtype=np.uint8)[kept]
    member, category, due = row[kept], cube.facts["category"], cube.facts["floating_due"]
    for j, day in enumerate(span.day_numbers):
        now = (start <= day) & (end > day)
        category[member[now], j] = code[now]
        if int(span.months[j][5:]) % 3 == 0:
            long = now & (code == FLOW_OUT) & (start <= day - LONG_ENOUGH.days)
            due[member[long], j] = 1


def _code(category: str) -> int:
    """An unknown category is read as taking part normally."""
    return CATEGORIES.index(category) if category in CATEGORIES else 0


def _posts(span: Span, cube: MemberCube) -> None:
    if not span.has("party_posts"):
        return
    found = span.source.rows(
        sa.select(p.member_id, p.started_on, p.ended_on).where(
            p.deleted_at.is_(None), p.post_type.in_(COMMITTEE_POSTS), span.whose(p.member_id)
        )
    )
    kept, row = _rows_of(cube, [x.member_id for x in found])
    start = np.array([ordinal(x.started_on) for x in found], dtype=np.int64)[kept]
    end = np.array([ordinal(x.ended_on, NEVER) for x in found], dtype=np.int64)[kept]
    held = _covers(start, end, span.day_numbers).astype(np.uint8)
    np.maximum.at(cube.facts["on_committee"], row[kept], held)


def _people(span: Span, cube: MemberCube) -> None:
    """Columns without history, as they stand today: completeness, in service, age; and who registered when."""
    filled = sum((sa.case((m[name].is_not(None), 1), else_=0) for name in FIELDS), sa.literal(1))
    full = sa.case((m.full_member_on.is_not(None), 1), else_=0)
    statement = sa.select(
        m.member_id,
        m.birthday,
        m.joined_on,
        m.is_in_service,
        m.member_stage,
        filled.label("n"),
        full.label("f"),
    )
    found = span.source.rows(statement.where(m.deleted_at.is_(None), span.whose(m.member_id)))
    kept, row = _rows_of(cube, [x.member_id for x in found])
    rows = row[kept]
    needs_full = np.array([x.member_stage == "full" for x in found], dtype=float)
    filled_fields = np.array([x.n + (x.f if x.member_stage == "full" else 0) for x in found], dtype=float)
    fields = len(FIELDS) + 1 + needs_full
    cube.facts["info_share"][rows] = (filled_fields / fields)[kept, None]
    in_service = np.array([bool(x.is_in_service) for x in found], dtype=np.uint8)[kept, None]
    enrolled = cube.facts["enrolled"][rows]
    cube.facts["in_service"][rows] = in_service * enrolled
    born = np.array([ordinal(x.birthday) for x in found], dtype=np.int64)[kept]
    joined = np.array([ordinal(x.joined_on) for x in found], dtype=np.int64)[kept]
    for j, day in enumerate(span.days):
        start = first_day(f"{day.year:04d}-01").toordinal()
        middle = first_day(f"{day.year:04d}-07").toordinal()
        young = born > years_before(day, 45).toordinal()
        cube.facts["is_under_45"][rows, j] = young & (enrolled[:, j] > 0)
        cube.facts["joined_this_year"][rows, j] = joined >= start
        cube.facts["joined_last_half"][rows, j] = joined > middle
    _registrations(span, cube)


def _registrations(span: Span, cube: MemberCube) -> None:
    if not span.has("app_registrations"):
        return
    found = span.source.rows(
        sa.select(r.member_id, r.registered_at).where(
            r.deleted_at.is_(None), r.app_code == "mobile_school", span.whose(r.member_id)
        )
    )
    kept, row = _rows_of(cube, [x.member_id for x in found])
    since = np.array([ordinal(x.registered_at) for x in found], dtype=np.int64)[kept]
    there = (since[:, None] <= span.day_numbers[None, :]).astype(np.uint8)
    np.maximum.at(cube.facts["registered"], row[kept], there * cube.facts["enrolled"][row[kept]])
