"""Who studies what, by the town of the member's branch today: courses, quizzes, bookings ahead.

``course_study``, by month a course was begun, the open one and the twelve before, by town: ``started|<category>``, and
of these ``completed|<category>`` by now.
``quizzes``, the same months by the day of the attempt, by town: ``taken|<exam_kind>``, ``passed|<exam_kind>`` and
``score|<exam_kind>`` = sum of score ÷ full score; quizzes and annual tests, not the exams of admission.
``bookings_ahead``, now, by town of the booking organisation: ``<YYYY-MM-DD>|<resource_kind>`` of the next 30 days,
today included.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

import sqlalchemy as sa

from data.clock import first_day
from data.contract import (
    courses,
    exam_attempts,
    exams,
    learning_records,
    memberships,
    resource_bookings,
    resources,
)
from data.projection.families.membership import membership, of_living_member, s
from data.projection.source import Source, year_month
from data.projection.tallies.kinds import NOW, Tally, TallyRow
from data.projection.tallies.places import by_town

k, r, e, x, b, q = courses.c, learning_records.c, exams.c, exam_attempts.c, resource_bookings.c, resources.c

MONTHS_BACK = 13
QUIZZES = ("quiz", "annual")
DAYS_AHEAD = 30
# A look at every record of a year, for a page that shows months.
HOURLY = timedelta(hours=1)


def _since(source: Source) -> datetime:
    return datetime.combine(first_day(source.calendar.months[-MONTHS_BACK:][0]), time())


def _by_branch(
    joined: Any, member: Any, at: Any, source: Source, key: Any, *sums: sa.Label[Any]
) -> sa.Select[Any]:
    """Rows since the window began by branch of today, month and key."""
    year, month = year_month(at)
    today = sa.and_(s.member_id == member, membership(source.calendar.now.date()))
    return (
        sa.select(s.branch_org_id, year.label("y"), month.label("m"), key.label("kind"), *sums)
        .select_from(joined.join(memberships, today))
        .where(at >= _since(source), at <= source.calendar.now, of_living_member(member))
        .group_by(s.branch_org_id, year, month, key)
    )


def read_courses(source: Source) -> Iterator[TallyRow]:
    """A record deleted with its course is none."""
    statement = _by_branch(
        learning_records.join(courses, k.course_id == r.course_id),
        r.member_id,
        r.started_at,
        source,
        k.course_category,
        sa.func.count().label("started"),
        sa.func.count(r.completed_at).label("completed"),
    ).where(r.deleted_at.is_(None), k.deleted_at.is_(None))
    yield from _told(source, statement, ("started", "completed"))


def read_quizzes(source: Source) -> Iterator[TallyRow]:
    """Every attempt counts."""
    statement = _by_branch(
        exam_attempts.join(exams, e.exam_id == x.exam_id),
        x.member_id,
        x.taken_at,
        source,
        e.exam_kind,
        sa.func.count().label("taken"),
        sa.func.sum(sa.case((x.passed, 1), else_=0)).label("passed"),
        sa.func.sum(sa.cast(x.score, sa.Double) / sa.cast(e.full_score, sa.Double)).label("score"),
    ).where(x.deleted_at.is_(None), e.deleted_at.is_(None), e.exam_kind.in_(QUIZZES), e.full_score > 0)
    yield from _told(source, statement, ("taken", "passed", "score"))


def _told(source: Source, statement: sa.Select[Any], names: tuple[str, ...]) -> Iterator[TallyRow]:
    rows: list[tuple[str, int | None, str, float]] = []
    for row in source.rows(statement):
        month = f"{int(row.y):04d}-{int(row.m):02d}"
        rows += [
            (month, row.branch_org_id, f"{name}|{row.kind}", float(getattr(row, name))) for name in names
        ]
    yield from by_town(source, rows)


def read_bookings(source: Source) -> Iterator[TallyRow]:
    """Booked and not yet used."""
    today = source.calendar.now.date()
    statement = (
        sa.select(b.org_id, b.use_on, q.resource_kind)
        .select_from(resource_bookings.join(resources, q.resource_id == b.resource_id))
        .where(b.deleted_at.is_(None), q.deleted_at.is_(None), b.status == "booked")
        .where(b.use_on >= today, b.use_on < today + timedelta(days=DAYS_AHEAD))
    )
    rows = ((NOW, row.org_id, f"{row.use_on}|{row.resource_kind}", 1.0) for row in source.rows(statement))
    yield from by_town(source, rows)


_ROSTER = ("members", "memberships", "organizations")
TALLIES = (
    Tally("course_study", read_courses, ("courses", "learning_records", *_ROSTER), HOURLY),
    Tally("quizzes", read_quizzes, ("exams", "exam_attempts", *_ROSTER), HOURLY),
    Tally("bookings_ahead", read_bookings, ("resources", "resource_bookings", "organizations")),
)
