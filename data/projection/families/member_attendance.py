"""Sign-ins of members: every roster row in time as one packed number, sorted into facts here.

Grouping in SQL would judge a row once for each of twenty facts; here each is judged once and unpacked in bulk.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import sqlalchemy as sa

from data.contract import LIFE_TYPES, STUDY_TYPES
from data.contract import activities as activities_table
from data.contract import attendances as attendances_table
from data.indicators.member.cube import Array, MemberCube
from data.projection.evidence import valid_activities, valid_activity, valid_sign_in
from data.projection.families.member_source import Span
from data.projection.sql_time import month_number

a, t = activities_table.c, attendances_table.c

MEETINGS = ("member_assembly", "committee_meeting", "group_meeting", "party_lecture")
THEORY = ("theory_study", "fixed_study_day", "training", "visit_base")
# Most frequent first: the code is found by comparing from the left. 0 is every other type.
KINDS = (
    "theme_party_day",
    "committee_meeting",
    "group_meeting",
    "member_assembly",
    "party_lecture",
    "organization_life_meeting",
    "democratic_appraisal",
    *THEORY,
)
CODE = {kind: number for number, kind in enumerate(KINDS, 1)}
REQUIRED, SIGNED, LEAVE, BITS = 1, 2, 4, 8


def read_attendance(span: Span, cube: MemberCube) -> None:
    """Sign-ins, what was due, and class hours, by the month of the activity; late roster rows count nowhere."""
    if not span.has("activities", "attendances"):
        return
    # All members: a month at a time, so that one page of the table is read for one month only.
    parts = [[month] for month in span.months] if span.members is None else [list(span.months)]
    for months in parts:
        for rows in span.numbers(_roster(span, months)):
            _unpack(cube, rows)
    _lectures(span, cube)


def _roster(span: Span, months: list[str]) -> sa.Select[Any]:
    """(member, month, kind × 8 + bits, class hours) per countable roster row of a valid activity."""
    valid = valid_activities(months, by_month=span.members is None)
    if span.members is None:
        # Worked out once per activity and not once per row; looked up member by member it would only be a detour.
        for dialect in ("sqlite", "postgresql"):
            valid = valid.prefix_with("MATERIALIZED", dialect=dialect)
    signed = valid_sign_in(valid)
    broken = sa.and_(t.status == "present", sa.or_(t.sign_method.is_(None), t.signed_at.is_(None)))
    kind = sa.case(CODE, value=valid.c.activity_type, else_=0)
    bits = (
        sa.case((t.is_required, REQUIRED), else_=0)
        + sa.case((signed, SIGNED), else_=0)
        + sa.case((t.status == "leave", LEAVE), else_=0)
    )
    return (
        sa.select(
            t.member_id,
            month_number(valid.c.period_month),
            kind * BITS + bits,
            valid.c.class_hours,
        )
        .select_from(valid.join(attendances_table, t.activity_id == valid.c.activity_id))
        .where(
            t.deleted_at.is_(None),
            t.recorded_at < valid.c.closes_at,
            sa.not_(broken),
            span.whose(t.member_id),
        )
    )


def _unpack(cube: MemberCube, rows: Array) -> None:
    inside, member, month = cube.cells(rows[:, 0], rows[:, 1])
    packed = rows[inside, 2].astype(int)
    kind, bits = packed // BITS, packed % BITS
    required, signed, leave = bits & REQUIRED > 0, bits & SIGNED > 0, bits & LEAVE > 0
    due = required & ~leave

    def add(name: str, which: Array) -> None:
        np.add.at(cube.facts[name], (member[which], month[which]), 1)

    def of(*kinds: str) -> Array:
        return np.isin(kind, [CODE[k] for k in kinds if k in CODE])

    theme, life_meeting = of("theme_party_day"), of("organization_life_meeting")
    meeting, life = of(*MEETINGS), of(*LIFE_TYPES)
    for name, which in (
        ("assembly_signins", of("member_assembly") & signed),
        ("committee_signins", of("committee_meeting") & signed),
        ("group_signins", of("group_meeting") & signed),
        ("group_due", of("group_meeting") & due),
        ("lecture_signins", of("party_lecture") & signed),
        ("theme_signins", theme & signed),
        ("theme_signed", theme & signed & due),
        ("theme_due", theme & due),
        ("theme_leave", theme & leave),
        ("life_meeting_signins", life_meeting & signed),
        ("life_meeting_due", life_meeting & due),
        ("study_signins", of(*THEORY) & signed),
        ("study_type_signins", of(*STUDY_TYPES) & signed),
        ("meetings_due", meeting & due),
        ("meetings_signed", meeting & due & signed),
        ("others_due", ~meeting & due),
        ("others_signed", ~meeting & due & signed),
        ("life_due", life & due),
        ("life_signins", life & signed),
        ("signins", signed),
    ):
        add(name, which)
    hours = np.nan_to_num(rows[inside, 3]) * signed
    np.add.at(cube.facts["class_hours"], (member, month), hours)


def _lectures(span: Span, cube: MemberCube) -> None:
    """Valid party lectures the member spoke at."""
    statement = sa.select(a.speaker_member_id, month_number(a.period_month), sa.literal(1)).where(
        valid_activity(list(span.months), by_month=span.members is None),
        a.activity_type == "party_lecture",
        a.speaker_member_id.is_not(None),
        span.whose(a.speaker_member_id),
    )
    for rows in span.numbers(statement):
        cube.add(("lectures_held",), rows)
