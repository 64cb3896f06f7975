"""Tallies behind figures an article publishes: who was reminded, late reviews decided, hours of young pupils."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from tests.naive.rows import Row
from tests.tallied import FIVE, NOW, SIX, members, tallied

LAST_YEAR = datetime(2025, 6, 3, 9)
MEETINGS, STUDY_DAY = "jn_w04_meetings_missed", "jn_w06_study_day_missed"


def warning(number: int, org: int, indicator: str, **columns: Any) -> Row:
    plain = {
        "warning_id": number, "org_id": org, "indicator_id": indicator, "subject_type": "org", "level": "red",
        "state": "closed", "period": f"2025-{number:02d}", "raised_at": LAST_YEAR, "pushed_at": LAST_YEAR,
    }  # fmt: skip
    return {**plain, **columns}


def test_an_organisation_reminded_twice_is_one_and_only_pushed_ones_of_the_last_year_count() -> None:
    rows = {
        "warnings": [
            warning(1, FIVE, MEETINGS), warning(2, FIVE, STUDY_DAY), warning(3, SIX, MEETINGS),
            warning(4, SIX, STUDY_DAY, pushed_at=None), warning(5, SIX, STUDY_DAY, state="invalid"),
            warning(6, SIX, STUDY_DAY, raised_at=datetime(2026, 1, 1)),
            warning(7, SIX, STUDY_DAY, raised_at=datetime(2024, 12, 31, 23)),
            warning(8, SIX, "hs_b_dues"), warning(9, 999, MEETINGS),
        ]
    }  # fmt: skip
    assert tallied("reminders", rows) == {
        "organisations|2025": 2, f"organisations|2025|{MEETINGS}": 2, f"organisations|2025|{STUDY_DAY}": 1,
    }  # fmt: skip


def test_members_reminded_are_counted_once_and_stay_a_number() -> None:
    rows = members(FIVE, SIX, SIX)
    rows["members"][2]["deleted_at"] = LAST_YEAR
    about = {"subject_type": "member", "raised_at": NOW, "pushed_at": NOW}
    rows["warnings"] = [
        warning(1, FIVE, "hs_m_dues", member_id=1, **about),
        warning(2, FIVE, "hs_m_life_gap", member_id=1, **about),
        warning(3, SIX, "hs_m_dues", member_id=2, **about),
        warning(4, SIX, "hs_m_dues", member_id=3, **about),
    ]
    assert tallied("reminders", rows) == {"members": 2}
    assert tallied("reminders", {}) == {}


def test_a_review_decided_after_its_limit_was_overdue_and_is_solved() -> None:
    def step(number: int, kind: str, due: datetime, decided: datetime | None) -> Row:
        return {
            "step_id": number, "transfer_id": 1, "step_seq": number, "step_type": kind, "handler_org_id": SIX,
            "opened_at": datetime(2026, 9, 1), "due_at": due, "decided_at": decided,
        }  # fmt: skip

    before, after = datetime(2026, 10, 5), datetime(2026, 10, 6)
    rows = {
        **members(FIVE),
        "transfers": [
            {
                "transfer_id": 1, "member_id": 1, "direction": "within", "from_org_id": FIVE, "to_org_id": SIX,
                "state": "rejected", "applied_at": before, "reason": "other",
            }
        ],
        "transfer_steps": [
            step(1, "branch_register", before, after), step(2, "out_committee_review", before, after),
            step(3, "district_review", before, before), step(4, "in_committee_review", before, None),
        ],
    }  # fmt: skip
    assert tallied("transfers_solved", rows) == {("2026-10", "out_committee_review"): 1}
    assert tallied("transfers_solved", rows, town=6) == {("2026-10", "out_committee_review"): 1}


def test_hours_of_the_running_year_are_of_registered_members_under_45_alone() -> None:
    def school(number: int, who: int, code: str = "mobile_school") -> Row:
        return {"registration_id": number, "member_id": who, "app_code": code, "registered_at": LAST_YEAR}

    def record(number: int, who: int, hours: float, at: datetime) -> Row:
        return {
            "record_id": number, "member_id": who, "course_id": number, "started_at": at, "completed_at": at,
            "credited_hours": hours,
        }  # fmt: skip

    rows = members(FIVE, FIVE, SIX, SIX)
    # Number 2 is 45 today, 3 never registered here, 4 registered and studied nothing this year.
    for row, born in zip(
        rows["members"], ((1990, 1, 1), (1981, 11, 21), (1990, 1, 1), (1981, 11, 22)), strict=True
    ):
        row["birthday"] = date(*born)
    rows["app_registrations"] = [
        school(1, 1), school(3, 2), school(4, 3, "party_cloud"), school(5, 4),
    ]  # fmt: skip
    this_year = datetime(2026, 1, 1, 8)
    rows["learning_records"] = [
        record(1, 1, 1.5, this_year), record(2, 1, 2, NOW), record(3, 1, 9, datetime(2025, 12, 31, 23)),
        record(4, 2, 9, NOW), record(5, 3, 9, NOW), record(6, 4, 9, LAST_YEAR),
    ]  # fmt: skip
    assert tallied("mobile_school", rows) == {"registered": 2, "hours": 3.5}
    assert tallied("mobile_school", {**rows, "app_registrations": []}) == {}
