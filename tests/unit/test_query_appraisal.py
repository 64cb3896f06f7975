"""Appraisal: rounds from October to February, progress by branches, turnout and grades for staff only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from data.queries.appraisal import Appraisal, Progress, load
from data.queries.figures_of_month import Amount
from data.scope import Mode, Scope
from tests.readmodel_rows import ROOT, reader_of


def district(month: str, **measures: float | None) -> dict[str, Any]:
    return {"org_id": ROOT, "period_month": month, **measures}


def graded(key: str, value: float) -> dict[str, Any]:
    return {"tally": "appraisal_grades", "period_month": "", "town_id": 0, "key": key, "value": value}


ROUND = [
    district("2025-02", life_meeting_last_year=77, appraised_last_year=900, appraisable_last_year=900),
    district("2025-12", life_meeting_this_year=80, appraised_this_year=700, appraisable_this_year=750),
    district(
        "2026-02", life_meeting_last_year=15, life_meeting_done=15, life_meeting_due=20,
        appraised_last_year=100, appraisable_last_year=110,
    ),
    district("2026-10", life_meeting_this_year=9, eligible=104),
    district("2026-11", life_meeting_this_year=21, eligible=110),
]  # fmt: skip


def view(mode: Mode = "wall_internal", open_month: str = "2026-11", **tables: Any) -> Appraisal:
    with reader_of(**{"org_months": ROUND, **tables}) as reader:
        version = replace(reader.version, open_month=open_month)
        return load(replace(reader, version=version), Scope(mode))


def test_the_last_round_counts_its_autumn_its_winter_and_what_was_missed_in_february() -> None:
    last = view().last
    assert (last.year, last.until, last.is_over) == (2025, date(2026, 2, 28), True)
    assert last.life_meeting == Progress(95, 100)


def test_the_running_round_is_measured_against_the_branches_that_are_asked() -> None:
    running = view().running
    assert running is not None
    assert (running.year, running.until, running.life_meeting) == (2026, date(2027, 2, 28), Progress(30, 104))


@pytest.mark.parametrize(
    ("open_month", "last", "running"),
    [
        ("2026-09", 2025, None),
        ("2026-10", 2025, 2026),
        ("2027-01", 2025, 2026),
        ("2027-02", 2025, 2026),
        ("2027-03", 2026, None),
    ],
)
def test_a_round_begins_in_october_and_is_over_when_february_has_closed(
    open_month: str, last: int, running: int | None
) -> None:
    found = view(open_month=open_month)
    assert found.last.year == last
    assert (found.running.year if found.running else None) == running


def test_a_round_that_began_before_the_first_month_is_not_judged() -> None:
    found = view(org_months=[row for row in ROUND if row["period_month"] > "2025-10"])
    assert found.last.life_meeting == Progress(None, None)
    assert found.running is not None
    assert found.running.life_meeting == Progress(30, 104)


def test_members_of_branches_that_did_not_meet_were_to_be_appraised_too() -> None:
    missed = {"org_id": 11, "period_month": "2026-02", "members": 40, "appraisal_done": 0, "appraisal_due": 1}
    met = {"org_id": 12, "period_month": "2026-02", "members": 30, "appraisal_done": 1, "appraisal_due": 1}
    grades = view(branch_months=[missed, met]).grades
    assert grades is not None
    assert grades.appraised == Amount("value", 800)
    assert grades.participation == Amount("value", 800 / 900)


def test_grades_are_those_of_the_round_that_is_over() -> None:
    rows = [graded("2025|excellent", 200), graded("2025|qualified", 590), graded("2025|basic", 10)]
    grades = view(tallies=[*rows, graded("2026|excellent", 77)]).grades
    assert grades is not None
    assert [(grade.name, grade.count) for grade in grades.grades] == [
        ("excellent", 200), ("qualified", 590), ("basic", 10), ("unqualified", 0),
    ]  # fmt: skip


def test_a_cell_of_one_to_four_is_withheld_and_one_more_beside_it() -> None:
    rows = [graded("2025|excellent", 200), graded("2025|qualified", 590), graded("2025|basic", 10)]
    grades = view(tallies=[*rows, graded("2025|unqualified", 3)]).grades
    assert grades is not None
    found = {grade.name: (grade.count, grade.is_small) for grade in grades.grades}
    assert found == {
        "excellent": (200, False), "qualified": (590, False), "basic": (None, False), "unqualified": (None, True),
    }  # fmt: skip


def test_neither_turnout_nor_grade_is_read_for_visitors() -> None:
    with reader_of(org_months=ROUND, tallies=[graded("2025|excellent", 200)]) as reader:
        asked: list[str] = []

        def note(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
            asked.append(statement)

        sa.event.listen(reader.connection, "before_cursor_execute", note)
        found = load(reader, Scope("wall_reception"))
    assert found.grades is None
    assert found.last.life_meeting == Progress(95, 100)
    assert "life_meeting" in " ".join(asked)
    assert not any(word in " ".join(asked) for word in ("tallies", "appraised", "appraisable"))


def test_a_round_without_a_feed_has_no_share_and_no_grade() -> None:
    found = view(org_months=[])
    assert found.last.life_meeting.share == Amount("nodata")
    assert found.grades is not None
    assert (found.grades.participation, found.grades.grades) == (Amount("nodata"), ())
