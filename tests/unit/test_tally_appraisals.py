"""The grades of a year's appraisal: valid evidence of living members, of the district and nothing smaller."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from data.projection.source import Calendar, Source
from data.projection.tallies.appraisals import read_grades
from data.projection.tree import Organisation, Tree
from tests.naive.projected import new_source

NOW = datetime(2026, 11, 3, 14, 30)


def branch(org_id: int) -> Organisation:
    return Organisation(
        org_id, None, "支部", "支部", str(org_id), "branch", "village", 12, None, None, True, None, None
    )


def appraisal(appraisal_id: int, held_on: date, year: int = 2025, **columns: Any) -> dict[str, Any]:
    at = datetime.combine(held_on, time(20))
    row = {
        "appraisal_id": appraisal_id, "org_id": 2, "appraisal_year": year, "held_on": held_on,
        "appraisal_kind": "democratic_appraisal", "recorded_at": at, "updated_at": at,
    }  # fmt: skip
    return {**row, **columns}


def result(appraisal_id: int, member: int, grade: str = "qualified", **columns: Any) -> dict[str, Any]:
    row = {
        "result_id": appraisal_id * 10 + member, "appraisal_id": appraisal_id, "member_id": member,
        "grade": grade, "recorded_at": NOW, "updated_at": NOW,
    }  # fmt: skip
    return {**row, **columns}


def grades(appraisals: list[dict[str, Any]], results: list[dict[str, Any]]) -> dict[tuple[int, str], float]:
    members = [{"member_id": k, "updated_at": NOW} for k in (1, 2, 3)]
    members.append({"member_id": 4, "updated_at": NOW, "deleted_at": NOW})
    engine = new_source({"appraisals": appraisals, "appraisal_results": results, "members": members})
    with engine.connect() as connection:
        source = Source(connection, Calendar("2025-10", NOW), Tree({2: branch(2), 3: branch(3)}, {}))
        found: dict[tuple[int, str], float] = {}
        for month, town, key, n in read_grades(source):
            assert month == ""
            found[town, key] = found.get((town, key), 0) + n
    engine.dispose()
    return found


def test_the_grades_of_a_year_stand_at_the_district_and_at_no_town() -> None:
    rows = [appraisal(1, date(2025, 12, 10)), appraisal(2, date(2026, 10, 20), 2026)]
    results = [result(1, 1, "excellent"), result(1, 2), result(1, 3), result(2, 1)]
    found = {"2025|excellent": 1, "2025|qualified": 2, "2026|qualified": 1}
    assert grades(rows, results) == {(0, key): n for key, n in found.items()}


def test_a_meeting_of_february_belongs_to_the_year_before_and_one_of_march_came_too_late() -> None:
    rows = [appraisal(1, date(2026, 2, 28)), appraisal(2, date(2026, 3, 1), org_id=3)]
    assert grades(rows, [result(1, 1), result(2, 2)]) == {(0, "2025|qualified"): 1}


def test_what_was_recorded_after_its_month_is_no_evidence() -> None:
    rows = [appraisal(1, date(2025, 12, 10), recorded_at=datetime(2026, 1, 1))]
    assert grades(rows, [result(1, 1)]) == {}


def test_deleted_rows_deleted_members_life_meetings_and_strange_branches_do_not_count() -> None:
    day = date(2025, 12, 10)
    rows = [
        appraisal(1, day),
        appraisal(2, day, 2024, deleted_at=NOW),
        appraisal(3, day, 2025, appraisal_kind="life_meeting"),
        appraisal(4, day, 2025, org_id=99),
        appraisal(5, date(2026, 11, 4), 2026),
    ]
    results = [result(1, 1), result(1, 2, deleted_at=NOW), result(1, 4)]
    results += [result(k, 3, "basic") for k in (2, 3, 4, 5)]
    assert grades(rows, results) == {(0, "2025|qualified"): 1}
