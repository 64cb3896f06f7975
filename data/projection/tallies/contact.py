"""Members out of reach and members on the move, and the greetings of political birthdays.

``lost_contact``, now, by town of the responsible branch: ``total``, ``found`` (with a day found), ``integrated``, and
``status|<status>``.
``floating``, now, by town: ``out`` and ``in`` = open registrations.
``greetings``, now, district: ``due`` = members in party whose political birthday was yesterday, ``sent`` = those who
were greeted on that day.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

import sqlalchemy as sa

from data.contract import floating_registrations, lost_contact_cases, members, notifications
from data.projection.birthdays import is_birthday
from data.projection.families.membership import in_force, of_living_member, roster, s
from data.projection.source import Block, Source
from data.projection.tallies.kinds import DISTRICT, NOW, SLOWLY, Tally, TallyRow
from data.projection.tallies.places import by_town

c, f, m, o = lost_contact_cases.c, floating_registrations.c, members.c, notifications.c


def read_lost(source: Source) -> Iterator[TallyRow]:
    """All cases registered so far."""
    today = source.calendar.now.date()
    statement = sa.select(c.branch_org_id, c.status, c.found_on).where(
        c.deleted_at.is_(None), of_living_member(c.member_id), c.registered_on <= today
    )
    rows: list[tuple[str, int | None, str, float]] = []
    for row in source.rows(statement):
        keys = ["total", f"status|{row.status}"]
        keys += ["found"] * (row.found_on is not None) + ["integrated"] * (row.status == "integrated")
        rows += [(NOW, row.branch_org_id, key, 1.0) for key in keys]
    yield from by_town(source, rows)


def read_floating(source: Source) -> Iterator[TallyRow]:
    """Registrations in force today."""
    statement = (
        sa.select(f.branch_org_id, f.direction, sa.func.count().label("n"))
        .where(
            f.deleted_at.is_(None),
            of_living_member(f.member_id),
            in_force(f.started_on, f.ended_on, source.calendar.now.date()),
        )
        .group_by(f.branch_org_id, f.direction)
    )
    rows = ((NOW, row.branch_org_id, row.direction, row.n) for row in source.rows(statement))
    yield from by_town(source, rows)


def read_greetings(source: Source) -> Iterator[TallyRow]:
    """Yesterday's birthdays and who of them got a message yesterday."""
    yesterday = source.calendar.now.date() - timedelta(days=1)
    begin = datetime.combine(yesterday, time())
    joined, where = roster(Block(None, ()), yesterday)
    greeted = s.member_id.in_(
        sa.select(o.member_id).where(
            o.deleted_at.is_(None),
            o.notify_kind == "political_birthday",
            o.member_id.is_not(None),
            o.sent_at >= begin,
            o.sent_at < begin + timedelta(days=1),
        )
    )
    statement = (
        sa.select(
            sa.func.count(sa.distinct(s.member_id)).label("due"),
            sa.func.count(sa.distinct(sa.case((greeted, s.member_id)))).label("sent"),
        )
        .select_from(joined.join(members, m.member_id == s.member_id))
        .where(where, is_birthday(m.joined_on, yesterday))
    )
    for row in source.connection.execute(statement):
        yield NOW, DISTRICT, "due", row.due
        yield NOW, DISTRICT, "sent", row.sent


_ROSTER = ("members", "memberships", "member_state_history", "member_category_history")
TALLIES = (
    Tally("lost_contact", read_lost, ("lost_contact_cases", "members", "organizations")),
    Tally("floating", read_floating, ("floating_registrations", "members", "organizations")),
    Tally("greetings", read_greetings, ("notifications", *_ROSTER), SLOWLY),
)
