"""Political birthdays of this day: ``birthdays``, now, district: ``today`` = members in party who joined on it."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from data.contract import members
from data.projection.birthdays import is_birthday
from data.projection.families.membership import roster, s
from data.projection.source import Block, Source
from data.projection.tallies.kinds import DISTRICT, NOW, SLOWLY, Tally, TallyRow


def read_birthdays(source: Source) -> Iterator[TallyRow]:
    """A count of persons and no more: 0 is a day on which nobody joined."""
    today = source.calendar.now.date()
    joined, where = roster(Block(None, ()), today)
    statement = (
        sa.select(sa.func.count(sa.distinct(s.member_id)))
        .select_from(joined.join(members, members.c.member_id == s.member_id))
        .where(where, is_birthday(members.c.joined_on, today))
    )
    yield NOW, DISTRICT, "today", float(source.connection.execute(statement).scalar_one())


_ROSTER = ("members", "memberships", "member_state_history", "member_category_history")
TALLIES = (Tally("birthdays", read_birthdays, _ROSTER, SLOWLY),)
