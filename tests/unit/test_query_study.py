"""Study: hours per member from January, the pace of the target, courses and registrations."""

from __future__ import annotations

from typing import Any

import pytest

from data.queries.figures_of_month import Amount
from data.queries.study import Study, load
from data.scope import Scope
from tests.readmodel_rows import ROOT, reader_of


def view(hours: dict[str, float | None], courses: dict[str, float] | None = None, **columns: Any) -> Study:
    rows = [
        {"org_id": ROOT, "period_month": month, "study_hours": n, "members": 10, **columns}
        for month, n in hours.items()
    ]
    found = [
        {"tally": "courses", "period_month": "2026-03", "town_id": 0, "key": key, "value": n}
        for key, n in (courses or {}).items()
    ]
    with reader_of(org_months=rows, tallies=found) as reader:
        return load(reader, Scope("wall_reception", 10))


def year(of: int, last: int, hours: float = 20) -> dict[str, float | None]:
    return {f"{of}-{month:02d}": hours for month in range(1, last + 1)}


def test_hours_add_up_from_january_and_are_shared_among_the_members() -> None:
    found = view(year(2026, 11))
    assert [amount.value for amount in found.this_year[:3]] == [2, 4, 6]
    assert found.per_head == Amount("value", 22.0)
    # 21 November is day 325 of 365.
    assert found.pace == pytest.approx(32 * 325 / 365)
    assert found.ahead == pytest.approx(22 - 32 * 325 / 365)


def test_after_a_gap_there_is_no_sum() -> None:
    found = view({**year(2026, 11), "2026-04": None})
    assert [amount.state for amount in found.this_year] == ["value"] * 3 + ["nodata"] * 8
    assert found.per_head == Amount("nodata")
    assert found.ahead is None


def test_a_year_before_that_is_not_whole_is_not_compared() -> None:
    assert [a.value for a in view({**year(2025, 12, 10), **year(2026, 11)}).last_year][-1] == 12
    assert view({**year(2025, 12, 10), "2025-01": None, **year(2026, 11)}).last_year == ()


def test_courses_stand_by_size_and_their_hours_apart() -> None:
    found = view(
        year(2026, 11), {"lessons|rural": 3, "lessons|skills": 5, "hours|rural": 4.5, "hours|skills": 5}
    )
    assert [(part.key, part.amount.value) for part in found.courses] == [("skills", 5), ("rural", 3)]
    assert (found.lessons.value, found.hours.value) == (8, 9.5)


def test_registered_are_a_share_of_those_under_45_and_none_is_not_zero() -> None:
    found = view(year(2026, 11), under_45=8, under_45_registered=6)
    assert found.registered_share == Amount("value", 0.75)
    assert view(year(2026, 11), under_45=0, under_45_registered=0).registered_share == Amount("na")
    bare = view({})
    assert (bare.registered_share, bare.lessons, bare.courses) == (Amount("nodata"), Amount("nodata"), ())
