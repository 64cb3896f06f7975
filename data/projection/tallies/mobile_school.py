"""Mobile school: members under 45 who registered, and what they studied this year.

``mobile_school``, now, district: ``registered`` = members under 45 of a branch today with a registration,
``hours`` = class hours credited to them since January.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import sqlalchemy as sa

from data.contract import app_registrations, learning_records, member_state_history, members, memberships
from data.projection.families.membership import membership, state
from data.projection.families.structure import years_before
from data.projection.source import Source
from data.projection.tallies.kinds import DISTRICT, NOW, SLOWLY, Tally, TallyRow

m, s, r, k = members.c, memberships.c, app_registrations.c, learning_records.c

SCHOOL = "mobile_school"
# "Under 45" as the article counts its registered members (KS-33).
YOUNG_YEARS = 45


def read(source: Source) -> Iterator[TallyRow]:
    """Hours stand only where somebody is registered."""
    now = source.calendar.now
    today = now.date()
    pupils = (
        sa.select(s.member_id)
        .select_from(
            memberships.join(member_state_history, state(today)).join(members, m.member_id == s.member_id)
        )
        .where(membership(today), m.birthday > years_before(today, YOUNG_YEARS), _registered(now))
        .distinct()
    )
    (found,) = source.rows(sa.select(sa.func.count().label("n")).select_from(pupils.subquery()))
    if not found.n:
        return
    yield NOW, DISTRICT, "registered", found.n
    (studied,) = source.rows(
        sa.select(sa.func.sum(k.credited_hours).label("hours")).where(
            k.deleted_at.is_(None),
            k.completed_at >= datetime(now.year, 1, 1),
            k.completed_at <= now,
            k.member_id.in_(pupils),
        )
    )
    yield NOW, DISTRICT, "hours", float(studied.hours or 0)


def _registered(now: datetime) -> sa.ColumnElement[bool]:
    return s.member_id.in_(
        sa.select(r.member_id).where(r.deleted_at.is_(None), r.app_code == SCHOOL, r.registered_at <= now)
    )


_TABLES = ("app_registrations", "learning_records", "memberships", "member_state_history", "members")
TALLIES = (Tally("mobile_school", read, _TABLES, SLOWLY),)
