"""The study page: hours by hand over the subtree, the town's courses and quizzes, tallies against hand-written rows."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, cast

import pytest
import sqlalchemy as sa

from dashboard.leadership.parts import Figure, Numbers, Table, Text
from data.clock import months_between
from data.queries.leadership.study import pace
from data.readmodel import schema
from data.readmodel.scoped import BRANCH_TYPES
from tests.leadership_pages import areas, built, changed, inside, known, nodes, roots, seen_by, sums
from tests.naive.projected import read_table
from tests.tallied import FIVE, LONG_AGO, NOW, SIX, TODAY, members, tallied

PAGE = "study"


def month() -> str:
    return known()[0].months[-2]


def year() -> list[str]:
    """The months of this year the district knows, up to the last closed one."""
    return [m for m in months_between(f"{month()[:4]}-01", month()) if m in known()[0].months]


def number(parts: dict[str, Any], label: str) -> float | None:
    return next(one.value for one in cast(Numbers, parts["figures"]).numbers if one.label == label)


def rows(parts: dict[str, Any], slug: str) -> list[dict[str, Any]]:
    return [dict(row) for row in cast(Table, parts[slug]).rows]


@pytest.mark.parametrize("org", roots())
def test_hours_per_member_are_those_of_the_subtree(org: int) -> None:
    measured = read_table(known()[2], "branch_months")
    own = {o for o in inside(org) if measured.get((o, month()), {}).get("active") == 1}
    with seen_by("committee_admin", org) as reader:
        parts = built(reader, PAGE, org)
    whole_year = f"{month()[:4]}-01" in known()[0].months
    hours = sum(sums(org, m, "study_hours")[0] for m in year())
    (heads,) = sums(org, month(), "members")
    want = hours / heads if heads and whole_year else None
    assert number(parts, "今年人均学时") == (pytest.approx(want) if want is not None else None)
    young, registered = sums(org, month(), "under_45", "under_45_registered")
    assert number(parts, "45岁以下注册") == (pytest.approx(registered / young) if young >= 5 else None)
    if nodes()[org]["org_type"] in BRANCH_TYPES:
        return
    spread = cast(Figure, parts["distribution"]).figure
    counted = [o for o in own if measured[o, month()]["members"]]
    assert sum(spread.data[0].y if spread is not None else ()) == len(counted)
    below = rows(parts, "below")
    assert {row["org_id"] for row in below} <= inside(org)
    stored = read_table(known()[2], "org_months")
    for row in below:
        if row["each"] is not None:
            mine = sum(
                (stored if (row["org_id"], m) in stored else measured)[row["org_id"], m]["study_hours"] or 0
                for m in year()
                if (row["org_id"], m) in stored or (row["org_id"], m) in measured
            )
            assert row["each"] == pytest.approx(mine / row["members"])
            assert row["ahead"] == pytest.approx(row["each"] - pace(month()))


def test_courses_and_quizzes_are_those_of_the_town() -> None:
    town = next(o for o in areas() if nodes()[o]["depth"] == 1 and nodes()[o]["town_id"] is not None)
    names = ("tally", "period_month", "town_id", "key", "value")
    cells = [
        ("course_study", "started|skills", 8.0),
        ("course_study", "completed|skills", 6.0),
        ("course_study", "started|rural", 4.0),
        ("course_study", "completed|rural", 4.0),
        ("quizzes", "taken|quiz", 10.0),
        ("quizzes", "passed|quiz", 9.0),
        ("quizzes", "score|quiz", 8.5),
    ]
    mine = [
        dict(zip(names, (tally, month(), nodes()[town]["town_id"], key, value), strict=True))
        for tally, key, value in cells
    ]
    with changed(a=sa.delete(schema.tallies), b=sa.insert(schema.tallies).values(mine)) as store:
        with seen_by("committee_admin", town, store) as reader:
            parts = built(reader, PAGE, town)
        with seen_by("district_leader", 0, store) as reader:
            assert rows(built(reader, PAGE), "courses") == []
    shown = {row["name"]: (row["started"], row["completed"], row["share"]) for row in rows(parts, "courses")}
    # Of four no share is told.
    assert shown == {"业务技能": (8, 6, 0.75), "乡村振兴": (4, 4, None)}
    (quiz,) = rows(parts, "quizzes")
    assert (quiz["taken"], quiz["passed"], quiz["score"]) == (10, 0.9, pytest.approx(85))


def test_below_a_town_the_page_says_where_courses_are_counted() -> None:
    for org in roots():
        if nodes()[org]["depth"] > 1:
            with seen_by("committee_admin", org) as reader:
                parts = built(reader, PAGE, org)
            assert "镇街" in cast(Text, parts["resources"]).lines[0].text
            assert "courses" not in parts


def test_without_study_records_nothing_is_drawn() -> None:
    gone = dict.fromkeys(("study_hours", "online_hours", "class_hours"))
    with (
        changed(
            a=sa.update(schema.org_months).values(gone), b=sa.update(schema.branch_months).values(gone)
        ) as store,
        seen_by("district_leader", 0, store) as reader,
    ):
        parts = built(reader, PAGE)
    assert number(parts, "今年人均学时") is None
    assert cast(Figure, parts["months"]).figure is None
    assert cast(Figure, parts["distribution"]).figure is None


def _record(number: int, member: int, days_ago: int, *, done: bool, course: int = 1) -> dict[str, Any]:
    at = NOW - timedelta(days=days_ago)
    return {
        "record_id": number, "member_id": member, "course_id": course, "started_at": at,
        "completed_at": at + timedelta(hours=1) if done else None, "credited_hours": 1, "channel": "mobile",
        "last_position_s": 0, "progress": 1 if done else 0.5,
    }  # fmt: skip


def test_courses_count_by_the_month_they_were_begun_for_the_branch_of_today() -> None:
    course = {"class_hours": 1, "published_on": LONG_AGO, "is_required": False, "title": "课"}
    source: dict[str, list[dict[str, Any]]] = {
        **members(FIVE, SIX),
        "courses": [{"course_id": n, "course_category": kind, **course} for n, kind in ((1, "skills"), (2, "rural"))],
        "learning_records": [
            _record(1, 1, 1, done=True), _record(2, 1, 2, done=False, course=2), _record(3, 2, 1, done=False),
            _record(4, 2, 600, done=True, course=2),
        ],
    }  # fmt: skip
    now = f"{NOW:%Y-%m}"
    assert tallied("course_study", source) == {
        (now, "started|skills"): 2, (now, "completed|skills"): 1,
        (now, "started|rural"): 1, (now, "completed|rural"): 0,
    }  # fmt: skip
    assert tallied("course_study", source, town=6) == {
        (now, "started|skills"): 1, (now, "completed|skills"): 0,
    }  # fmt: skip


def test_quizzes_leave_the_exams_of_admission_out() -> None:
    exam = {"title": "题", "full_score": 50, "pass_score": 30, "opened_at": datetime(2026, 1, 1)}
    attempt = {"taken_at": NOW - timedelta(days=3)}
    source: dict[str, list[dict[str, Any]]] = {
        **members(FIVE),
        "exams": [{"exam_id": n, "exam_kind": kind, **exam} for n, kind in ((1, "quiz"), (2, "development"))],
        "exam_attempts": [
            {"attempt_id": 1, "exam_id": 1, "member_id": 1, "score": 40, "passed": True, **attempt},
            {"attempt_id": 2, "exam_id": 1, "member_id": 1, "score": 20, "passed": False, **attempt},
            {"attempt_id": 3, "exam_id": 2, "member_id": 1, "score": 50, "passed": True, **attempt},
        ],
    }
    now = f"{NOW:%Y-%m}"
    assert tallied("quizzes", source, town=5) == {
        (now, "taken|quiz"): 2, (now, "passed|quiz"): 1, (now, "score|quiz"): pytest.approx(1.2),
    }  # fmt: skip


def test_bookings_ahead_are_those_of_the_next_thirty_days() -> None:
    item = {
        "resource_kind": "base",
        "title": "馆",
        "published_on": LONG_AGO,
        "is_public": True,
        "is_active": True,
    }

    def booking(number: int, days: int, status: str = "booked") -> dict[str, Any]:
        day = TODAY + timedelta(days=days)
        return {
            "booking_id": number, "resource_id": 1, "org_id": FIVE, "booked_at": NOW, "use_on": day, "status": status,
        }  # fmt: skip

    source = {
        "resources": [{"resource_id": 1, **item}],
        "resource_bookings": [
            booking(1, 0), booking(2, 29), booking(3, 30), booking(4, -1), booking(5, 3, "cancelled"),
        ],
    }  # fmt: skip
    assert tallied("bookings_ahead", source, town=5) == {
        f"{TODAY}|base": 1,
        f"{TODAY + timedelta(days=29)}|base": 1,
    }
