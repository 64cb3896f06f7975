"""Study, deliberation and service against the mean of all branches, at their limits (indicators.md §5.1)."""

from __future__ import annotations

from datetime import date

import pytest

from data.clock import add_months
from data.readmodel.cube import Cube
from data.readmodel.results import Light
from tests.naive.one_branch import LONG_AGO, NA, NODATA, Says, at

GREEN, YELLOW, RED = Light.GREEN, Light.YELLOW, Light.RED
STUDY, TALK, SERVICE = "hs_b_theory_study", "hs_b_deliberation", "hs_b_volunteer"
COUNTED = [(STUDY, "study_sessions"), (TALK, "deliberations")]
ALL = [*COUNTED, (SERVICE, "volunteer_hours")]
LAST = "2026-06"


def among(
    indicator: str,
    measure: str,
    own: list[float],
    others: list[list[float]],
    founded: date = LONG_AGO,
    missing: frozenset[str] = frozenset(),
    **more: list[float],
) -> Says:
    """What the first of several branches is told in June; every list ends there, ``more`` is about it alone."""
    months = [add_months(LAST, n - len(own) + 1) for n in range(len(own) + 1)]
    cube = Cube.empty(range(1, 2 + len(others)), months)
    cube["eligible"][:] = 1
    cube["eligible"][0] = [month > f"{founded:%Y-%m}" for month in months]
    cube["established_day"][:] = LONG_AGO.toordinal()
    cube["established_day"][0] = founded.toordinal()
    # Everybody serves: one member each, so hours per member are hours.
    cube["service_members"][:] = 1
    for branch, done in enumerate([own, *others]):
        cube[measure][branch, :-1] = done
    for name, values in more.items():
        cube[name][0, :-1] = values
    return at(indicator, cube, -2, missing)


@pytest.mark.parametrize(("indicator", "measure"), ALL)
class TestAgainstTheAverage:
    """Three months of one branch against the mean of all that have a value."""

    def test_at_and_above_the_average_is_a_full_score(self, indicator: str, measure: str) -> None:
        assert among(indicator, measure, [1, 2, 1], [[1, 1, 2]]) == Says(4, 100, GREEN)
        assert among(indicator, measure, [9, 0, 0], [[1, 0, 0]]) == Says(9, 100, GREEN)

    def test_below_the_average_is_no_light_until_half_of_it(self, indicator: str, measure: str) -> None:
        # 2 of a mean of (2 + 6) / 2 is exactly half, 3 of (3 + 10 + 10) / 3 is less.
        assert among(indicator, measure, [2, 0, 0], [[6, 0, 0]]) == Says(2, 50, GREEN)
        assert among(indicator, measure, [1, 1, 1], [[10, 0, 0], [0, 0, 10]]).light is YELLOW

    def test_months_before_the_three_do_not_count(self, indicator: str, measure: str) -> None:
        assert among(indicator, measure, [9, 1, 0, 0], [[0, 1, 0, 0]]).value == 1

    def test_where_nobody_does_anything_there_is_no_average(self, indicator: str, measure: str) -> None:
        assert among(indicator, measure, [0, 0, 0], [[0, 0, 0]]) == NA

    def test_a_window_that_began_before_the_data_or_the_branch_is_not_judged(
        self, indicator: str, measure: str
    ) -> None:
        assert among(indicator, measure, [0, 0], [[4, 4]]) == NA
        assert among(indicator, measure, [0, 0, 0], [[4, 4, 4]], founded=date(2026, 4, 2)) == NA
        assert among(indicator, measure, [0, 0, 1], [[4, 4, 4]], founded=date(2026, 4, 1)).light is YELLOW

    def test_a_branch_that_is_not_judged_does_not_move_the_average(
        self, indicator: str, measure: str
    ) -> None:
        cube = Cube.empty([1, 2, 3], [add_months(LAST, n) for n in (-2, -1, 0, 1)])
        cube["eligible"][:] = 1
        cube["eligible"][2] = 0
        cube["service_members"][:] = 1
        cube[measure][:, 0] = [2, 4, 90]
        assert at(indicator, cube, -2) == Says(2, 66.666667, GREEN)

    def test_without_the_feed_there_is_no_data(self, indicator: str, measure: str) -> None:
        missing = frozenset({"activities", "service"})
        assert among(indicator, measure, [1, 1, 1], [[1, 1, 1]], missing=missing) == NODATA


def test_no_study_in_three_months_is_red() -> None:
    assert among(STUDY, "study_sessions", [0, 0, 0], [[1, 0, 0]]) == Says(0, 0, RED)


@pytest.mark.parametrize(("indicator", "measure"), [(TALK, "deliberations"), (SERVICE, "volunteer_hours")])
def test_nothing_is_red_after_six_months_and_yellow_before(indicator: str, measure: str) -> None:
    other = [[1.0] * 6]
    assert among(indicator, measure, [0] * 6, other) == Says(0, 0, RED)
    assert among(indicator, measure, [1, 0, 0, 0, 0, 0], other) == Says(0, 0, YELLOW)
    assert among(indicator, measure, [0] * 5, [[1.0] * 5]).light is YELLOW
    assert among(indicator, measure, [0] * 6, other, founded=date(2026, 2, 1)).light is YELLOW


@pytest.mark.parametrize(("indicator", "measure"), COUNTED)
def test_activities_nobody_can_count_are_no_data_and_no_part_of_the_average(
    indicator: str, measure: str
) -> None:
    held = {"activities": [18.0, 0, 0], "activities_broken": [1.0, 0, 0]}
    assert among(indicator, measure, [0, 0, 0], [[1, 1, 1]], **held) == NODATA
    held["activities"] = [19.0, 0, 0]
    assert among(indicator, measure, [0, 0, 0], [[1, 1, 1]], **held).value == 0


def test_service_is_measured_per_member_who_is_asked_for_it() -> None:
    four = {"service_members": [9.0, 9, 4]}
    assert among(SERVICE, "volunteer_hours", [2, 0, 2], [[2, 0, 0]], **four) == Says(1, 66.666667, GREEN)
    nobody = {"service_members": [0.0, 0, 0]}
    assert among(SERVICE, "volunteer_hours", [2, 0, 2], [[2, 0, 0]], **nobody) == NA
