"""How a branch stands, counted from hand-written rows at the days that decide."""

from __future__ import annotations

import math
from datetime import date, datetime
from typing import Any

import pytest

from data.projection.cells import DirtyCells
from data.projection.measure import count
from data.projection.source import Calendar, Source
from data.projection.tree import read_tree
from data.readmodel.cube import Cube
from data.readmodel.measures import of_family
from tests.naive.projected import new_source
from tests.naive.rows import Rows

NOW = datetime(2026, 6, 15, 14, 0)
WRITTEN = datetime(2026, 6, 14, 9, 0)
BRANCH = 3
FAMILIES = ["members", "terms", "development", "dispositions", "venues", "condolence", "projects", "logins"]


def counted(month: str, **tables: list[dict[str, Any]]) -> dict[str, float]:
    """The cell of the one branch of a district that has these rows beside its tree and one full member."""
    org = {"name": "组织", "short_name": "组织", "path": "/", "sector": "village", "is_public": True}
    begun = {"established_on": date(2019, 7, 1)}
    rows: Rows = {
        "organizations": [
            {"org_id": 1, "org_type": "district_committee", "parent_org_id": None, **org, **begun},
            {"org_id": 2, "org_type": "party_committee", "parent_org_id": 1, **org, **begun},
            {"org_id": BRANCH, "org_type": "branch", "parent_org_id": 2, **org, **begun},
        ],
        "divisions": [{"division_id": 1, "division_code": "330203101", "name": "镇", "kind": "town"}],
        "activities": [
            {
                "activity_id": 1,
                "org_id": 1,
                "activity_type": "other",
                "status": "held",
                "started_at": datetime(2025, 1, 1, 9),
                "recorded_at": datetime(2025, 1, 1, 10),
                "period_month": "2025-01",
            }
        ],
        "members": [{"member_id": 1, "member_no": "M1", "name": "某", "gender": "F", "full_member_on": None}],
        "memberships": [
            {
                "membership_id": 1,
                "member_id": 1,
                "branch_org_id": BRANCH,
                "kind": "formal",
                "started_on": date(2015, 1, 1),
            }
        ],
        "member_state_history": [
            {
                "history_id": 1,
                "member_id": 1,
                "member_stage": "full",
                "membership_state": "in_party",
                "valid_from": date(2015, 1, 1),
            }
        ],
    }
    for name, given in tables.items():
        rows[name] = [{**(rows[name][0] if name == "members" else {}), **row} for row in given]
    written = {name: [{**row, "updated_at": WRITTEN} for row in found] for name, found in rows.items()}
    with new_source(written).connect() as connection:
        source = Source(connection, Calendar("2025-01", NOW), read_tree(connection))
        cube = Cube.empty(source.tree.branches, source.calendar.months)
        dirty = DirtyCells()
        dirty.add(FAMILIES, BRANCH, [month])
        count(source, cube, dirty)
        at = source.calendar.months.index(month)
        return {name: float(cube[name][0, at]) for family in FAMILIES for name in of_family(family)}


@pytest.mark.parametrize(
    ("month", "ended", "days"),
    [
        ("2026-04", date(2026, 4, 30), 1),
        ("2026-04", date(2026, 5, 1), 0),
        ("2026-05", date(2026, 5, 1), 31),
        # The open month is counted to today.
        ("2026-06", date(2026, 5, 1), 46),
        ("2026-05", None, 0),
    ],
)
def test_a_vacancy_is_counted_from_the_last_day_in_office(
    month: str, ended: date | None, days: float
) -> None:
    post = {"post_id": 1, "org_id": BRANCH, "member_id": 1, "post_type": "secretary"}
    post |= {"started_on": date(2020, 1, 1), "ended_on": ended}
    assert counted(month, party_posts=[post])["vacancy_days"] == days


def test_without_any_secretary_ever_the_founding_counts() -> None:
    assert counted("2026-05")["vacancy_days"] == (date(2026, 5, 31) - date(2019, 7, 1)).days


def test_one_person_with_three_posts_is_a_committee_of_one() -> None:
    common = {"org_id": BRANCH, "member_id": 1, "started_on": date(2020, 1, 1)}
    kinds = ("secretary", "organization", "discipline")
    posts = [{"post_id": n, "post_type": kind, **common} for n, kind in enumerate(kinds)]
    assert counted("2026-05", party_posts=posts)["committee_size"] == 1


def test_a_full_member_is_asked_for_one_field_more() -> None:
    bare = counted("2026-05", members=[{"home_division_id": None, "joined_on": date(2015, 1, 1)}])
    assert (bare["member_fields"], bare["member_fields_filled"]) == (7, 1)
    filled = {"birthday": date(1980, 1, 1), "education": "bachelor", "occupation": "worker"}
    filled |= {"home_division_id": 1, "full_member_on": date(2016, 1, 1)}
    assert counted("2026-05", members=[filled])["member_fields_filled"] == 6


@pytest.mark.parametrize(
    ("month", "step", "expected"),
    [
        # due, proper, overdue, overdue by more than 30 days
        ("2026-04", {"due_on": date(2026, 4, 30), "done_on": date(2026, 4, 30)}, (1, 1, 0, 0)),
        ("2026-04", {"due_on": date(2026, 4, 30)}, (1, 0, 1, 0)),
        ("2026-05", {"due_on": date(2026, 4, 30)}, (0, 0, 1, 1)),
        ("2026-05", {"due_on": date(2026, 5, 2)}, (1, 0, 1, 0)),
        ("2026-04", {"due_on": date(2026, 4, 30), "done_on": date(2026, 5, 1)}, (1, 0, 1, 0)),
        ("2026-06", {"due_on": date(2026, 6, 15)}, (0, 0, 0, 0)),
        ("2026-06", {"due_on": date(2026, 6, 14)}, (1, 0, 1, 0)),
    ],
)
def test_a_step_is_late_on_the_day_after_its_limit(
    month: str, step: dict[str, Any], expected: tuple[float, ...]
) -> None:
    case = {"case_id": 1, "branch_org_id": BRANCH, "variant": 25, "status": "in_progress"}
    steps = [{"dev_step_id": 1, "case_id": 1, "step_no": 1, "status": "open", **step}]
    cell = counted(month, development_cases=[case], development_steps=steps)
    names = ("dev_steps", "dev_steps_proper", "dev_overdue", "dev_overdue_30")
    assert tuple(cell[name] for name in names) == expected


@pytest.mark.parametrize(("done", "early"), [(date(2026, 5, 30), 1), (date(2026, 5, 31), 0)])
def test_a_step_before_its_shortest_interval_is_early_and_without_a_document_incomplete(
    done: date, early: float
) -> None:
    case = {"case_id": 1, "branch_org_id": BRANCH, "variant": 25, "status": "in_progress"}
    rules = [
        {"step_def_id": 1, "variant": 25, "step_no": 1},
        {
            "step_def_id": 2,
            "variant": 25,
            "step_no": 2,
            "anchor_step_no": 1,
            "min_days": 30,
            "requires_upload": True,
        },
    ]
    steps = [
        {"dev_step_id": 1, "case_id": 1, "step_no": 1, "done_on": date(2026, 5, 1)},
        {"dev_step_id": 2, "case_id": 1, "step_no": 2, "done_on": done},
    ]
    given: dict[str, Any] = {
        "development_cases": [case],
        "development_step_defs": rules,
        "development_steps": steps,
    }
    cell = counted("2026-05", **given)
    assert (cell["dev_steps_early"], cell["dev_uploads_missing"]) == (early, 1)
    paper = [{"document_id": 1, "dev_step_id": 2}]
    assert counted("2026-05", development_documents=paper, **given)["dev_uploads_missing"] == 0


@pytest.mark.parametrize(
    ("month", "held_on", "opened_on", "expected"),
    [
        # concerned, overdue, overdue by more than 90 days
        ("2026-04", date(2026, 3, 2), None, (1, 0, 0)),
        ("2026-04", date(2026, 3, 1), None, (1, 1, 0)),
        ("2026-05", date(2026, 1, 2), None, (1, 1, 0)),
        ("2026-05", date(2026, 1, 1), None, (1, 1, 1)),
        ("2026-05", date(2026, 1, 1), date(2026, 5, 31), (1, 0, 0)),
        ("2026-05", date(2026, 6, 1), None, (0, 0, 0)),
    ],
)
def test_an_unqualified_grade_asks_for_a_disposition_within_60_days(
    month: str, held_on: date, opened_on: date | None, expected: tuple[float, ...]
) -> None:
    review = {
        "appraisal_id": 1,
        "org_id": BRANCH,
        "appraisal_year": 2025,
        "appraisal_kind": "democratic_appraisal",
    }
    given: dict[str, Any] = {
        "appraisals": [{**review, "held_on": held_on}],
        "appraisal_results": [{"result_id": 1, "appraisal_id": 1, "member_id": 1, "grade": "unqualified"}],
    }
    if opened_on is not None:
        opened = {"disposition_id": 1, "member_id": 1, "branch_org_id": BRANCH, "opened_on": opened_on}
        given["member_dispositions"] = [opened]
    cell = counted(month, **given)
    names = ("unqualified_members", "unqualified_overdue", "unqualified_overdue_90")
    assert tuple(cell[name] for name in names) == expected


@pytest.mark.parametrize(
    ("org", "kind", "access"),
    [
        (BRANCH, "activity_room", 1),
        (2, "service_center", 1),
        (1, "service_center", 0),
        (2, "micro_position", 0),
    ],
)
def test_a_venue_of_a_superior_serves_but_not_the_districts(org: int, kind: str, access: float) -> None:
    venue = {"venue_id": 1, "org_id": org, "venue_kind": kind, "name": "室"}
    assert counted("2026-05", venues=[venue])["venue_access"] == access


@pytest.mark.parametrize(
    ("inspected_on", "due_on", "rectified_on", "expected"),
    [
        # inspected, issues, issues past their limit
        (date(2025, 6, 1), None, None, (1, 2, 0)),
        (date(2025, 5, 31), None, None, (0, 0, 0)),
        (date(2026, 4, 1), date(2026, 5, 31), None, (1, 2, 2)),
        (date(2026, 4, 1), date(2026, 6, 1), None, (1, 2, 0)),
        (date(2026, 4, 1), date(2026, 5, 1), date(2026, 5, 31), (1, 0, 0)),
        (date(2026, 4, 1), date(2026, 5, 1), date(2026, 6, 1), (1, 2, 2)),
    ],
)
def test_an_inspection_counts_for_twelve_months_and_its_faults_until_they_are_mended(
    inspected_on: date, due_on: date | None, rectified_on: date | None, expected: tuple[float, ...]
) -> None:
    venue = {"venue_id": 1, "org_id": BRANCH, "venue_kind": "activity_room", "name": "室"}
    flags = {"facilities_ok": False, "rules_ok": False, "environment_ok": True, "usage_ok": True}
    days = {"inspected_on": inspected_on, "rectify_due_on": due_on, "rectified_on": rectified_on}
    cell = counted(
        "2026-05", venues=[venue], venue_inspections=[{"inspection_id": 1, "venue_id": 1, **flags, **days}]
    )
    assert tuple(cell[f"venue_{name}"] for name in ("inspected", "issues", "issues_overdue")) == expected


@pytest.mark.parametrize(("full_on", "due"), [(date(1975, 12, 1), 1), (date(1975, 12, 2), 0), (None, 0)])
def test_fifty_years_in_the_party_are_counted_on_the_first_of_december(
    full_on: date | None, due: float
) -> None:
    assert counted("2025-12", members=[{"full_member_on": full_on}])["condolence_due"] == due


def test_only_the_first_visit_recorded_in_time_counts() -> None:
    days = ((date(2025, 12, 30), datetime(2026, 1, 1)), (date(2026, 1, 9), datetime(2026, 1, 9)))
    days += ((date(2026, 2, 1), datetime(2026, 2, 1)),)
    visits = [
        {"visit_id": n, "org_id": 2, "member_id": 1, "visited_on": day, "recorded_at": recorded}
        for n, (day, recorded) in enumerate(days)
    ]
    old = [{"full_member_on": date(1960, 1, 1)}]
    found = [
        counted(m, condolence_visits=visits, members=old)["condolence_visited"]
        for m in ("2025-12", "2026-01", "2026-02")
    ]
    assert found == [0, 1, 0]


def test_a_week_belongs_to_the_month_of_its_sunday_and_needs_two_logins() -> None:
    account = {"account_id": 5, "org_id": BRANCH, "account_kind": "main", "is_enabled": True}
    # Monday 25 to Sunday 31 May and Monday 1 to Sunday 7 June 2026; the running week is not over.
    moments = (
        datetime(2026, 5, 25),
        datetime(2026, 5, 31, 23, 59),
        datetime(2026, 6, 1),
        datetime(2026, 6, 14, 9),
    )
    moments += (datetime(2026, 6, 15, 8), datetime(2026, 6, 15, 9))
    given: dict[str, Any] = {
        "admin_accounts": [account],
        "account_logins": [
            {"login_id": n, "account_id": 5, "logged_in_at": at} for n, at in enumerate(moments)
        ],
    }
    assert counted("2026-05", **given)["login_weeks"] == 1
    assert counted("2026-06", **given)["login_weeks"] == 0


def test_a_project_lags_behind_the_days_that_have_passed() -> None:
    plan = {
        "registered_on": date(2026, 1, 1),
        "due_on": date(2026, 12, 27),
        "progress": 0.25,
        "status": "open",
    }
    project = {"project_id": 1, "org_id": BRANCH, "project_year": 2026, **plan}
    cell = counted("2026-05", secretary_projects=[project])
    assert (cell["project_lag"], cell["projects_overdue"]) == (pytest.approx(150 / 360 - 0.25), 0)
    late = counted("2026-05", secretary_projects=[{**project, "due_on": date(2026, 5, 31)}])
    assert (late["project_lag"], late["projects_overdue"]) == (0.75, 1)
    assert math.isnan(counted("2026-05")["project_lag"])
