"""Who the members are today, in one reading of the roster.

``member_structure``, now, by town of the branch: ``stage|``, ``category|`` (``category|flow_in`` apart: they are not
in the total), ``education|``, ``occupation|``, ``ethnicity|`` minority or majority, ``join|`` before_1949, to_1978,
to_2012, later, and ``age|<band>|<F or M>`` with the bands of R40 (30, 35, 40, 45, 50, 55, 60, 61). A column nobody
filled is ``unknown``.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import sqlalchemy as sa

from data.contract import members as members_table
from data.contract import memberships
from data.projection.families.membership import c, h, in_force, living, roster, s
from data.projection.source import Block, Source
from data.projection.tallies.kinds import NOW, SLOWLY, Tally, TallyRow
from data.projection.tallies.places import by_town

m = members_table.c

# First day of each period but the first (R40).
JOIN_PERIODS = (
    ("before_1949", date(1949, 10, 1)),
    ("to_1978", date(1978, 12, 18)),
    ("to_2012", date(2012, 11, 8)),
)
AGE_BANDS = (30, 35, 40, 45, 50, 55, 60)
UNKNOWN = "unknown"
MAJORITY = ("汉族", "汉")


def age_on(day: date, birthday: date) -> int:
    """Completed years."""
    return day.year - birthday.year - ((day.month, day.day) < (birthday.month, birthday.day))


def age_band(age: int) -> str:
    """Upper age of the band of R40; "61" for the open one."""
    return str(next((upper for upper in AGE_BANDS if age <= upper), 61))


def join_period(day: date | None) -> str:
    if day is None:
        return UNKNOWN
    return next((name for name, end in JOIN_PERIODS if day < end), "later")


def read(source: Source) -> Iterator[TallyRow]:
    """Members in party with an open formal membership, then those managed for others (flow_in)."""
    today = source.calendar.now.date()
    joined, where = roster(Block(None, ()), today)
    columns = (
        s.branch_org_id,
        h.member_stage,
        c.category,
        m.education,
        m.occupation,
        m.joined_on,
        m.birthday,
    )
    statement = (
        sa.select(*columns, m.gender, m.ethnicity)
        .select_from(joined.join(members_table, m.member_id == s.member_id))
        .where(where, m.deleted_at.is_(None))
    )
    counts: dict[tuple[int, str], float] = {}
    for row in source.rows(statement):
        for key in _keys(row, today):
            counts[row.branch_org_id, key] = counts.get((row.branch_org_id, key), 0.0) + 1
    yield from by_town(source, ((NOW, branch, key, n) for (branch, key), n in counts.items()))
    managed = (
        sa.select(s.branch_org_id, sa.func.count(sa.distinct(s.member_id)).label("n"))
        .select_from(memberships)
        .where(living(), s.kind == "flow_in", in_force(s.started_on, s.ended_on, today))
        .group_by(s.branch_org_id)
    )
    rows = ((NOW, row.branch_org_id, "category|flow_in", row.n) for row in source.rows(managed))
    yield from by_town(source, rows)


def _keys(row: sa.Row[Any], today: date) -> tuple[str, ...]:
    band = UNKNOWN if row.birthday is None else age_band(age_on(today, row.birthday))
    return (
        f"stage|{row.member_stage}",
        f"category|{row.category or UNKNOWN}",
        f"education|{row.education or UNKNOWN}",
        f"occupation|{row.occupation or UNKNOWN}",
        f"ethnicity|{_ethnicity(row.ethnicity)}",
        f"join|{join_period(row.joined_on)}",
        f"age|{band}|{row.gender}",
    )


def _ethnicity(name: str | None) -> str:
    if name is None:
        return UNKNOWN
    return "majority" if name in MAJORITY else "minority"


TALLIES = (
    Tally(
        "member_structure",
        read,
        ("members", "memberships", "member_state_history", "member_category_history", "organizations"),
        SLOWLY,
    ),
)
