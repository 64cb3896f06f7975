"""Tallies of library, dues and needs, and their listings, against rows written by hand."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from tests.naive.rows import Row, Rows
from tests.tallied import FIVE, LONG_AGO, NOW, SIX, TODAY, members, read, tallied

YESTERDAY = TODAY - timedelta(days=1)


def morning(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9)


def test_courses_resources_and_their_use() -> None:
    def resource(number: int, kind: str, **columns: Any) -> Row:
        plain = {
            "title": f"资源{number}",
            "topic": "rural",
            "published_on": LONG_AGO,
            "is_public": False,
            "is_active": True,
        }
        return {"resource_id": number, "resource_kind": kind, **plain, **columns}

    def booking(number: int, of: int, day: date, status: str = "used", org: int = FIVE) -> Row:
        return {"booking_id": number, "resource_id": of, "org_id": org, "use_on": day, "status": status}

    rows: Rows = {
        "courses": [
            {"course_id": 1, "title": "课", "course_category": "rural", "class_hours": 1.5, "published_on": LONG_AGO},
            {"course_id": 2, "title": "课", "course_category": "rural", "class_hours": 9,
             "published_on": TODAY + timedelta(days=1)},
        ],
        "resources": [
            resource(1, "lecturer", is_public=True), resource(2, "video"), resource(3, "video", is_active=False),
            resource(4, "lecture"),
        ],
        "resource_bookings": [
            booking(1, 1, TODAY), booking(2, 1, TODAY), booking(3, 1, TODAY), booking(4, 2, TODAY, org=SIX),
            booking(5, 4, date(2026, 10, 1)), booking(6, 4, date(2026, 10, 2)), booking(7, 4, TODAY, "cancelled"),
            booking(8, 2, date(2025, 12, 31)), booking(9, 2, TODAY + timedelta(days=1)),
        ],
    }  # fmt: skip
    assert tallied("courses", rows) == {("2015-01", "lessons|rural"): 1, ("2015-01", "hours|rural"): 1.5}
    assert tallied("resources", rows) == {"lecturer": 1, "public|lecturer": 1, "video": 1, "lecture": 1}
    assert tallied("resource_use", rows) == {
        ("2026-11", "lecturer"): 3, ("2026-11", "video"): 1, ("2026-10", "lecture"): 2, ("2025-12", "video"): 1,
    }  # fmt: skip
    # A lecturer's title is a name: however often booked, it is on no list.
    assert [(row["kind"], row["amount"]) for row in read("resources_used", rows)] == [
        ("lecture", 2),
        ("video", 1),
    ]


def test_dues_of_two_months_in_yuan() -> None:
    rows = members(FIVE, SIX)
    months = {1: ("2026-11", FIVE, 1), 2: ("2026-10", SIX, 2), 3: ("2026-09", FIVE, 1)}
    rows["dues_obligations"] = [
        {
            "obligation_id": n,
            "member_id": who,
            "branch_org_id": org,
            "dues_month": month,
            "payable_amount": 20.25,
        }
        for n, (month, org, who) in months.items()
    ]
    paid = [
        (1, 10, NOW),
        (1, 10.25, NOW + timedelta(minutes=1)),
        (2, 20.25, datetime(2026, 11, 3)),
        (3, 5, NOW),
    ]
    rows["dues_payments"] = [
        {
            "payment_id": n,
            "member_id": 1,
            "amount": amount,
            "paid_at": at,
            "channel": "mobile",
            "payer_kind": "self",
        }
        for n, (_, amount, at) in enumerate(paid, 1)
    ]
    rows["dues_payment_allocations"] = [
        {"allocation_id": n, "payment_id": n, "obligation_id": of, "amount": amount}
        for n, (of, amount, _) in enumerate(paid, 1)
    ]
    assert tallied("dues_collected", rows) == {
        ("2026-11", "payable"): 20.25, ("2026-11", "collected"): 10, ("2026-10", "payable"): 20.25,
        ("2026-10", "collected"): 20.25,
    }  # fmt: skip


def test_needs_by_state_and_those_that_still_look_for_people() -> None:
    def need(number: int, status: str, **columns: Any) -> Row:
        plain = {
            "org_id": FIVE,
            "title": f"需求{number}",
            "service_kind": "medical",
            "slots": 5,
            "start_on": TODAY,
        }
        return {
            "project_id": number,
            "status": status,
            "published_at": morning(YESTERDAY),
            **plain,
            **columns,
        }

    rows: Rows = {
        "volunteer_projects": [
            need(1, "open", end_on=TODAY), need(2, "open", end_on=YESTERDAY), need(3, "done"),
            need(4, "open", published_at=NOW + timedelta(hours=1)), need(5, "open", published_at=morning(TODAY)),
        ]
    }  # fmt: skip
    assert tallied("service_needs", rows) == {("2026-11", "open|medical"): 3, ("2026-11", "done|medical"): 1}
    assert [row["title"] for row in read("open_needs", rows)] == ["需求5", "需求1"]
