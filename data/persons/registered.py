"""What the operational database knows of one member: columns named one by one, never an amount, number or document."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

import sqlalchemy as sa

from data.clock import add_months, first_day, last_day, month_of, months_between
from data.contract import (
    activities,
    appraisal_results,
    appraisals,
    attendances,
    courses,
    dues_obligations,
    learning_records,
    member_dispositions,
    members,
    memberships,
    transfers,
    warnings,
)
from data.contract.enums import ENUMS
from data.persons.file import Event, Notice, Person
from data.projection.families.dues import obligation_states
from data.projection.families.membership import membership, s
from data.projection.source import Block, Source
from data.projection.trace.fields import TYPE_WORDS

_m, _a, _t, _x, _k = members.c, activities.c, attendances.c, transfers.c, learning_records.c
_r, _p, _d, _w, _o = appraisal_results.c, appraisals.c, member_dispositions.c, warnings.c, dues_obligations.c

MONTHS_OF_LIFE = 12
_GENDER = {"M": "男", "F": "女"}
_DUES = (("dues_makeup", "补缴"), ("dues_full", "足额"), ("dues_short", "少缴"), ("dues_unpaid", "未缴"))


def branch_of(source: Source, member_id: int) -> int | None:
    """The branch of the member's formal membership today; None for nobody and for whoever left."""
    today = source.calendar.now.date()
    rows = source.rows(sa.select(s.branch_org_id).where(s.member_id == member_id, membership(today)))
    return int(rows[0][0]) if rows else None


def roster(source: Source, branch: int) -> list[tuple[int, Person]]:
    """Members of the branch today, by name."""
    query = _persons().join_from(members, memberships, s.member_id == _m.member_id)
    query = query.where(s.branch_org_id == branch, membership(source.calendar.now.date()))
    return [(int(row[0]), _person(row)) for row in source.rows(query.order_by(_m.name, _m.member_id))]


def person(source: Source, member_id: int) -> Person | None:
    """Who the member is."""
    rows = source.rows(_persons().where(_m.member_id == member_id, _m.deleted_at.is_(None)))
    return _person(rows[0]) if rows else None


def _persons() -> sa.Select[Any]:
    return sa.select(
        _m.member_id, _m.name, _m.gender, _m.member_stage, _m.category, _m.joined_on, _m.full_member_on
    )


def _person(row: Any) -> Person:
    return Person(
        row.name,
        _GENDER.get(row.gender, ""),
        ENUMS["member_stage"].get(row.member_stage, ""),
        ENUMS["member_category"].get(row.category, ""),
        row.joined_on,
        row.full_member_on,
    )


def events(source: Source, member_id: int) -> list[Event]:
    """The last twelve months in four lanes, oldest first; a lane without its table is empty."""
    found: list[Event] = []
    for tables, lane in (
        (("activities", "attendances"), _activities),
        (("transfers",), _transfers),
        (("dues_obligations", "dues_payments", "dues_payment_allocations"), _dues),
        (("learning_records", "courses"), _study),
    ):
        if not source.missing.intersection(tables):
            found += lane(source, member_id)
    return sorted(found, key=lambda event: event.at)


def _since(source: Source) -> date:
    return first_day(add_months(month_of(source.calendar.now.date()), 1 - MONTHS_OF_LIFE))


def _of_life(at: sa.ColumnElement[Any], source: Source) -> sa.ColumnElement[bool]:
    """In the last twelve months and not in the future."""
    return sa.and_(at >= datetime.combine(_since(source), time()), at <= source.calendar.now)


def _activities(source: Source, member_id: int) -> Iterator[Event]:
    query = (
        sa.select(_a.activity_type, _a.started_at, _t.status)
        .join_from(attendances, activities, _a.activity_id == _t.activity_id)
        .where(
            _t.member_id == member_id,
            _t.deleted_at.is_(None),
            _t.is_required,
            _a.deleted_at.is_(None),
            _a.status == "held",
            _of_life(_a.started_at, source),
        )
    )
    for row in source.rows(query):
        word = ENUMS["attendance_status"].get(row.status, "")
        kind = TYPE_WORDS.get(row.activity_type, "活动")
        yield Event("activities", row.started_at.date(), kind, word, row.status == "present")


def _transfers(source: Source, member_id: int) -> Iterator[Event]:
    query = sa.select(_x.direction, _x.applied_at, _x.state).where(
        _x.member_id == member_id, _x.deleted_at.is_(None), _of_life(_x.applied_at, source)
    )
    for row in source.rows(query):
        word = ENUMS["transfer_state"].get(row.state, "")
        text = ENUMS["transfer_direction"].get(row.direction, "转接")
        yield Event("transfers", row.applied_at.date(), text, word, row.state == "completed")


def _dues(source: Source, member_id: int) -> Iterator[Event]:
    today = source.calendar.now.date()
    months = months_between(month_of(_since(source)), month_of(today))
    states = obligation_states(Block(None, tuple(months))).where(_o.member_id == member_id).subquery()
    for row in source.rows(sa.select(states)):
        word = next((word for name, word in _DUES if getattr(row, name)), "免缴")
        open_month = row.dues_month == months[-1] and word == "未缴"
        at = min(last_day(row.dues_month), today)
        yield Event(
            "dues", at, row.dues_month, "未到期" if open_month else word, word in ("足额", "补缴", "免缴")
        )


def _study(source: Source, member_id: int) -> Iterator[Event]:
    query = (
        sa.select(courses.c.title, _k.completed_at, _k.credited_hours)
        .join_from(learning_records, courses, courses.c.course_id == _k.course_id)
        .where(_k.member_id == member_id, _k.deleted_at.is_(None), _of_life(_k.completed_at, source))
    )
    for row in source.rows(query):
        yield Event("study", row.completed_at.date(), row.title, f"{float(row.credited_hours):g} 学时", True)


def notices(source: Source, member_id: int) -> list[Notice]:
    """Warnings about the member, the newest first."""
    if "warnings" in source.missing:
        return []
    query = sa.select(
        _w.indicator_id, _w.level, _w.raised_at, _w.rectify_due_on, _w.rectified_at, _w.state
    ).where(_w.member_id == member_id, _w.subject_type == "member", _w.deleted_at.is_(None))
    words = ENUMS["warning_state"]
    return [
        Notice(
            row.indicator_id,
            row.level,
            row.raised_at,
            row.rectify_due_on,
            row.rectified_at,
            words.get(row.state, ""),
        )
        for row in source.rows(query.order_by(_w.raised_at.desc()).limit(50))
    ]


def grades(source: Source, member_id: int) -> tuple[tuple[int, str], ...]:
    """Appraised years with the grade, the newest first."""
    if source.missing.intersection(("appraisals", "appraisal_results")):
        return ()
    query = (
        sa.select(_p.appraisal_year, _r.grade)
        .join_from(appraisal_results, appraisals, _p.appraisal_id == _r.appraisal_id)
        .where(
            _r.member_id == member_id,
            _r.deleted_at.is_(None),
            _p.deleted_at.is_(None),
            _p.appraisal_kind == "democratic_appraisal",
        )
        .order_by(_p.appraisal_year.desc())
    )
    return tuple((row[0], ENUMS["appraisal_grade"].get(row[1], "")) for row in source.rows(query))


def dispositions(source: Source, member_id: int) -> tuple[tuple[date, str, date | None], ...]:
    """Dispositions with the day they were opened and closed, the newest first."""
    if "member_dispositions" in source.missing:
        return ()
    query = sa.select(_d.opened_on, _d.disposition_kind, _d.closed_on).where(
        _d.member_id == member_id, _d.deleted_at.is_(None)
    )
    kinds = ENUMS["disposition_kind"]
    return tuple(
        (row.opened_on, kinds.get(row.disposition_kind, ""), row.closed_on)
        for row in source.rows(query.order_by(_d.opened_on.desc()))
    )
