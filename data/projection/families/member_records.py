"""What members did on record: service, study, talks, tasks, quizzes, deeds, honours, check-ins, papers."""

from __future__ import annotations

from typing import Any

import numpy as np
import sqlalchemy as sa

from data.clock import cutoff
from data.contract import (
    community_checkins,
    exam_attempts,
    exams,
    heart_talks,
    honors,
    learning_records,
    member_deeds,
    member_submissions,
    member_tasks,
    service_requests,
    volunteer_records,
)
from data.indicators.member.cube import MemberCube, month_number
from data.projection.families.member_source import Span, dated
from data.projection.source import month_start
from data.projection.sql_time import as_moment

v, k, e, x = volunteer_records.c, learning_records.c, exam_attempts.c, exams.c
w, d, g, y = member_tasks.c, member_deeds.c, honors.c, heart_talks.c
i, q, z = community_checkins.c, service_requests.c, member_submissions.c

HOURS_A_DAY = 4
LOW = ("unit", "town")
# deed_kind → fact; moral honours are told by level.
DEEDS = {
    "demo_post": "demo_posts",
    "pledge_done": "pledges",
    "mentoring": "mentoring",
    "lecture_given": "lectures_given",
    "civilized_family": "civilized_families",
    "complaint": "complaints",
    "household_link": "household_links",
    "emergency_task": "emergency_tasks",
}


def read_records(span: Span, cube: MemberCube) -> None:
    """Every record that is connected, by the month it belongs to."""
    for table, read in (
        ("volunteer_records", _service),
        ("learning_records", _study),
        ("heart_talks", _talks),
        ("member_tasks", _tasks),
        ("member_deeds", _deeds),
        ("honors", _honors),
        ("community_checkins", _checkins),
        ("service_requests", _suggestions),
        ("member_submissions", _submissions),
    ):
        if span.has(table):
            read(span, cube)
    if span.has("exam_attempts", "exams"):
        _quizzes(span, cube)


def in_time(
    span: Span, recorded: sa.ColumnElement[Any], day: sa.ColumnElement[Any]
) -> sa.ColumnElement[bool]:
    """Recorded before the month of the day closed (schema §3.1)."""
    months = {month_number(month): month_start(month) for month in span.months}
    following = {n: cutoff(month) for n, month in zip(months, span.months, strict=True)}
    limits = {n: sa.literal(at, sa.DateTime) for n, at in following.items()}
    limit = as_moment(sa.case(limits, value=dated(day)))
    # A record of the day itself needs no look at the calendar.
    return sa.or_(sa.func.date(recorded) == day, recorded < limit)


def _service(span: Span, cube: MemberCube) -> None:
    verified = sa.and_(
        v.deleted_at.is_(None),
        v.verified_at.is_not(None),
        span.within(v.service_on, as_date=True),
        in_time(span, v.recorded_at, v.service_on),
        span.whose(v.member_id),
    )
    daily = (
        sa.select(v.member_id, v.service_on, sa.func.sum(v.hours).label("h"), sa.func.count().label("n"))
        .where(verified)
        .group_by(v.member_id, v.service_on)
        .subquery()
    )
    statement = sa.select(daily.c.member_id, dated(daily.c.service_on), daily.c.h, daily.c.n)
    for rows in span.numbers(statement):
        capped = np.minimum(rows[:, 2], HOURS_A_DAY)
        cube.add(("service_hours", "services", "service_hours_capped"), np.column_stack([rows, capped]))
        cube.add(("service_records",), rows[:, (0, 1, 3)])
    # A need counts once a year, in the month it was first served.
    month = dated(v.service_on)
    claimed = (
        sa.select(v.member_id, sa.func.min(month), sa.literal(1))
        .where(verified, v.project_id.is_not(None))
        .group_by(v.member_id, v.project_id, sa.extract("year", v.service_on))
    )
    for rows in span.numbers(claimed):
        cube.add(("needs_claimed",), rows)


def _study(span: Span, cube: MemberCube) -> None:
    statement = sa.select(k.member_id, dated(k.completed_at), k.credited_hours, sa.literal(1)).where(
        k.deleted_at.is_(None), span.within(k.completed_at, as_date=False), span.whose(k.member_id)
    )
    for rows in span.numbers(statement):
        cube.add(("online_hours", "courses_done"), rows)


def _talks(span: Span, cube: MemberCube) -> None:
    """A talk counts for both who talk; one of a member with himself once."""
    base = (
        y.deleted_at.is_(None),
        span.within(y.talked_on, as_date=True),
        in_time(span, y.recorded_at, y.talked_on),
    )
    for who, other in (
        (y.initiator_member_id, sa.true()),
        (y.partner_member_id, y.partner_member_id != y.initiator_member_id),
    ):
        statement = sa.select(who, dated(y.talked_on), sa.literal(1)).where(*base, other, span.whose(who))
        for rows in span.numbers(statement):
            cube.add(("talks",), rows)


def _tasks(span: Span, cube: MemberCube) -> None:
    done = sa.and_(w.completed_on <= w.due_on, w.result == "done")
    statement = sa.select(
        w.member_id,
        dated(w.due_on),
        sa.literal(1),
        sa.case((done, 1), else_=0),
        sa.case((w.result == "refused", 1), else_=0),
    ).where(w.deleted_at.is_(None), span.within(w.due_on, as_date=True), span.whose(w.member_id))
    for rows in span.numbers(statement):
        cube.add(("tasks_due", "tasks_done", "tasks_refused"), rows)


def _deeds(span: Span, cube: MemberCube) -> None:
    verified = (
        d.deleted_at.is_(None),
        d.verified_at.is_not(None),
        span.within(d.occurred_on, as_date=True),
        span.whose(d.member_id),
    )
    facts = tuple(DEEDS.values())
    columns = [sa.case((d.deed_kind == kind, d.quantity), else_=0) for kind in DEEDS]
    statement = sa.select(d.member_id, dated(d.occurred_on), *columns).where(*verified)
    for rows in span.numbers(statement.where(d.deed_kind.in_(DEEDS))):
        cube.add(facts, rows)
    levels = _by_level(d.deed_level, d.quantity)
    moral = sa.select(d.member_id, dated(d.occurred_on), *levels).where(*verified)
    for rows in span.numbers(moral.where(d.deed_kind == "moral_honor")):
        cube.add(("moral_low", "moral_district", "moral_high"), rows)


def _by_level(level: sa.ColumnElement[Any], each: sa.ColumnElement[Any]) -> list[sa.ColumnElement[Any]]:
    """Units of an honour in three columns; one without level is the lowest."""
    low = sa.or_(level.is_(None), level.in_(LOW))
    return [
        sa.case((low, each), else_=0),
        sa.case((level == "district", each), else_=0),
        sa.case((sa.or_(low, level == "district"), 0), else_=each),
    ]


def _honors(span: Span, cube: MemberCube) -> None:
    statement = sa.select(g.member_id, dated(g.awarded_on), *_by_level(g.honor_level, sa.literal(1))).where(
        g.deleted_at.is_(None),
        g.subject_type == "member",
        g.member_id.is_not(None),
        span.within(g.awarded_on, as_date=True),
        span.whose(g.member_id),
    )
    for rows in span.numbers(statement):
        cube.add(("honors_low", "honors_district", "honors_high"), rows)


def _checkins(span: Span, cube: MemberCube) -> None:
    base = (i.deleted_at.is_(None), span.whose(i.member_id))
    statement = sa.select(
        i.member_id,
        dated(i.occurred_on),
        sa.case((i.checkin_kind == "service", 1), else_=0),
        sa.case((i.checkin_kind == "register", 1), else_=0),
    ).where(*base, span.within(i.occurred_on, as_date=True), in_time(span, i.recorded_at, i.occurred_on))
    for rows in span.numbers(statement):
        cube.add(("community_services", "community_registers"), rows)
    # Once registered, registered: however long ago.
    first = sa.select(i.member_id, sa.func.min(dated(i.occurred_on))).where(
        *base, i.checkin_kind == "register"
    )
    columns = np.arange(len(cube.months))[None, :] + month_number(cube.months[0])
    for rows in span.numbers(first.group_by(i.member_id)):
        early = np.maximum(rows[:, 1], month_number(cube.months[0]))
        inside, row, _ = cube.cells(rows[:, 0], early)
        cube.facts["in_community"][row] = columns >= rows[inside, 1][:, None]


def _suggestions(span: Span, cube: MemberCube) -> None:
    statement = sa.select(q.member_id, dated(q.submitted_at), sa.literal(1)).where(
        q.deleted_at.is_(None),
        q.request_kind == "suggestion",
        q.is_adopted,
        q.member_id.is_not(None),
        span.within(q.submitted_at, as_date=False),
        span.whose(q.member_id),
    )
    for rows in span.numbers(statement):
        cube.add(("suggestions_adopted",), rows)


def _submissions(span: Span, cube: MemberCube) -> None:
    """Summaries that were accepted, by the month handed in and whether they are about that year or the one before."""
    summary = sa.and_(z.submission_kind == "annual_summary", z.accepted_at.is_not(None))
    about = sa.cast(sa.func.substr(z.period, 1, 4), sa.Integer)
    handed_in = sa.extract("year", z.submitted_at)
    statement = sa.select(
        z.member_id,
        dated(z.submitted_at),
        sa.literal(1),
        sa.case((sa.and_(summary, about == handed_in), 1), else_=0),
        sa.case((sa.and_(summary, about == handed_in - 1), 1), else_=0),
    ).where(z.deleted_at.is_(None), span.within(z.submitted_at, as_date=False), span.whose(z.member_id))
    for rows in span.numbers(statement):
        cube.add(("submissions", "summaries_this_year", "summaries_last_year"), rows)
    # Handed in by the end of January, a summary stands for the whole year after the one it is about.
    january = (about + 1) * 12
    in_time = sa.select(z.member_id, dated(z.submitted_at), january).where(
        z.deleted_at.is_(None),
        summary,
        about >= int(span.months[0][:4]) - 1,
        dated(z.submitted_at) <= january,
        span.whose(z.member_id),
    )
    columns = month_number(cube.months[0]) + np.arange(len(cube.months))[None, :]
    for rows in span.numbers(in_time):
        inside, row, _ = cube.cells(rows[:, 0], np.full(len(rows), columns[0, 0]))
        first, year = np.maximum(rows[inside, 1], rows[inside, 2])[:, None], rows[inside, 2][:, None]
        stands = (columns >= first) & (columns < year + 12)
        np.maximum.at(cube.facts["summary_in_time"], row, stands.astype(np.uint8))


def _quizzes(span: Span, cube: MemberCube) -> None:
    """Exams passed, each once a year, in the month it was first passed."""
    statement = (
        sa.select(e.member_id, sa.func.min(dated(e.taken_at)), sa.literal(1))
        .select_from(exam_attempts.join(exams, x.exam_id == e.exam_id))
        .where(
            e.deleted_at.is_(None),
            x.deleted_at.is_(None),
            e.passed,
            e.member_id.is_not(None),
            x.exam_kind.in_(("quiz", "annual")),
            span.within(e.taken_at, as_date=False),
            span.whose(e.member_id),
        )
        .group_by(e.member_id, e.exam_id, sa.extract("year", e.taken_at))
    )
    for rows in span.numbers(statement):
        cube.add(("quizzes_passed",), rows)
