"""The indicators of organisation life, each at its limits (indicators.md §5.1 rows 1-8)."""

from __future__ import annotations

from datetime import date

import pytest

from data.readmodel.cube import Cube
from data.readmodel.results import Light
from tests.naive.one_branch import LONG_AGO, NA, NODATA, Says, at, closed

GREEN, YELLOW, RED = Light.GREEN, Light.YELLOW, Light.RED
NO_ACTIVITIES = frozenset({"activities", "groups", "attendance"})
QUARTERLY = [("hs_b_member_assembly", "assemblies"), ("hs_b_party_lecture", "lectures")]


@pytest.mark.parametrize(("indicator", "measure"), QUARTERLY)
class TestOnceAQuarter:
    """Assembly and lecture: due once until the quarter closes."""

    def test_held_in_the_first_month_is_enough_for_the_quarter(self, indicator: str, measure: str) -> None:
        assert closed(indicator, "2026-06", **{measure: [1, 0, 0]}) == Says(1, 100, GREEN)

    def test_not_held_is_not_judged_after_the_first_month(self, indicator: str, measure: str) -> None:
        assert closed(indicator, "2026-04", **{measure: [0]}) == NA

    def test_not_held_is_yellow_when_the_second_month_closes(self, indicator: str, measure: str) -> None:
        assert closed(indicator, "2026-05", **{measure: [0, 0]}) == Says(0, 50, YELLOW)

    def test_not_held_is_red_when_the_quarter_closes(self, indicator: str, measure: str) -> None:
        assert closed(indicator, "2026-06", **{measure: [0, 0, 0]}) == Says(0, 0, RED)

    def test_last_quarter_does_not_count(self, indicator: str, measure: str) -> None:
        assert closed(indicator, "2026-06", **{measure: [5, 0, 0, 0]}) == Says(0, 0, RED)

    def test_a_quarter_that_began_before_the_data_is_not_judged(self, indicator: str, measure: str) -> None:
        assert closed(indicator, "2026-06", **{measure: [0, 0]}) == NA

    def test_forty_five_active_days_are_enough_to_be_asked(self, indicator: str, measure: str) -> None:
        months = {measure: [0.0, 0.0, 0.0]}
        assert closed(indicator, "2026-06", founded=date(2026, 5, 17), **months) == Says(0, 0, RED)
        assert closed(indicator, "2026-06", founded=date(2026, 5, 18), **months) == NA

    def test_without_the_feed_there_is_no_data(self, indicator: str, measure: str) -> None:
        assert closed(indicator, "2026-06", missing=NO_ACTIVITIES, **{measure: [0, 0, 0]}) == NODATA

    def test_one_uncountable_row_in_twenty_is_tolerated(self, indicator: str, measure: str) -> None:
        held = {measure: [0.0, 0.0, 1.0]}
        assert (
            closed(indicator, "2026-06", activities=[19, 0, 0], activities_broken=[1, 0, 0], **held).light
            is GREEN
        )
        assert (
            closed(indicator, "2026-06", activities=[18, 0, 0], activities_broken=[1, 0, 0], **held) == NODATA
        )

    def test_a_branch_founded_in_the_month_is_not_asked(self, indicator: str, measure: str) -> None:
        assert closed(indicator, "2026-05", founded=date(2026, 5, 1), **{measure: [0, 0]}) == NA


class TestThemePartyDay:
    """Due every month; the second month in a row is red."""

    NAME = "hs_b_theme_party_day"

    def test_one_is_enough_and_more_do_not_score_more(self) -> None:
        assert closed(self.NAME, "2026-05", theme_days=[3]) == Says(3, 100, GREEN)

    def test_one_missed_month_is_yellow_two_in_a_row_are_red(self) -> None:
        assert closed(self.NAME, "2026-05", theme_days=[1, 0]) == Says(0, 0, YELLOW)
        assert closed(self.NAME, "2026-05", theme_days=[0, 0]) == Says(0, 0, RED)
        assert closed(self.NAME, "2026-05", theme_days=[0, 1, 0]) == Says(0, 0, YELLOW)

    def test_the_month_of_founding_does_not_begin_a_run(self) -> None:
        assert closed(self.NAME, "2026-05", founded=date(2026, 4, 2), theme_days=[0, 0]) == Says(0, 0, YELLOW)
        assert closed(self.NAME, "2026-05", founded=date(2026, 5, 1), theme_days=[0, 0]) == NA

    def test_a_month_nobody_can_count_neither_alarms_nor_lengthens_a_run(self) -> None:
        broken = {"theme_days": [0.0, 0.0], "activities_broken": [1.0, 0.0]}
        assert closed(self.NAME, "2026-05", **broken) == Says(0, 0, YELLOW)
        assert closed(self.NAME, "2026-04", theme_days=[0], activities_broken=[1]) == NODATA

    def test_without_the_feed_there_is_no_data(self) -> None:
        assert closed(self.NAME, "2026-05", missing=NO_ACTIVITIES, theme_days=[0]) == NODATA


class TestCommitteeMeeting:
    """Due every month where a committee is in force."""

    NAME = "hs_b_committee_meeting"

    def test_without_a_committee_it_is_not_asked_whatever_the_size(self) -> None:
        assert closed(self.NAME, "2026-05", committee_meetings=[0], full_members=[30]) == NA

    def test_with_a_committee_it_is_due_whatever_the_size(self) -> None:
        assert closed(self.NAME, "2026-05", has_committee=[1], full_members=[4]) == Says(0, 0, YELLOW)
        assert closed(self.NAME, "2026-05", has_committee=[1], committee_meetings=[1]) == Says(1, 100, GREEN)

    def test_two_months_are_red_when_the_committee_stood_in_both(self) -> None:
        assert closed(self.NAME, "2026-05", has_committee=[1, 1]) == Says(0, 0, RED)
        assert closed(self.NAME, "2026-05", has_committee=[0, 1]) == Says(0, 0, YELLOW)

    def test_without_the_feed_there_is_no_data_where_it_applies(self) -> None:
        assert closed(self.NAME, "2026-05", missing=NO_ACTIVITIES, has_committee=[1]) == NODATA
        assert closed(self.NAME, "2026-05", missing=NO_ACTIVITIES, has_committee=[0]) == NA


class TestGroupMeeting:
    """The share of party groups that met."""

    NAME = "hs_b_group_meeting"

    def test_without_groups_it_is_not_asked(self) -> None:
        assert closed(self.NAME, "2026-05", groups=[0], groups_met=[0]) == NA

    def test_all_groups_is_green_one_missing_is_yellow(self) -> None:
        assert closed(self.NAME, "2026-05", groups=[4], groups_met=[4]) == Says(1, 100, GREEN)
        assert closed(self.NAME, "2026-05", groups=[4], groups_met=[3]) == Says(0.75, 75, YELLOW)

    def test_below_half_in_two_months_is_red_half_is_not(self) -> None:
        assert closed(self.NAME, "2026-05", groups=[3, 3], groups_met=[1, 1]) == Says(
            0.333333, 33.333333, RED
        )
        assert closed(self.NAME, "2026-05", groups=[3, 3], groups_met=[3, 1]).light is YELLOW
        assert closed(self.NAME, "2026-05", groups=[4, 4], groups_met=[2, 2]).light is YELLOW

    def test_a_single_group_that_never_meets_is_at_most_yellow(self) -> None:
        assert closed(self.NAME, "2026-05", groups=[1, 1], groups_met=[0, 0]) == Says(0, 0, YELLOW)

    def test_the_month_of_founding_does_not_begin_a_run(self) -> None:
        cells = {"groups": [3.0, 3.0], "groups_met": [0.0, 0.0]}
        assert closed(self.NAME, "2026-05", founded=date(2026, 4, 2), **cells).light is YELLOW

    def test_without_the_feed_there_is_no_data(self) -> None:
        assert closed(self.NAME, "2026-05", missing=NO_ACTIVITIES, groups=[2]) == NODATA


class TestLifeGap:
    """Months in a row without organisation life; published, so no guard."""

    NAME = "hs_b_life_gap"

    def test_no_gap_one_month_two_months(self) -> None:
        assert closed(self.NAME, "2026-05", life_activities=[0, 1]) == Says(0, 100, GREEN)
        assert closed(self.NAME, "2026-05", life_activities=[1, 0]) == Says(1, 50, YELLOW)
        assert closed(self.NAME, "2026-05", life_activities=[1, 0, 0]) == Says(2, 0, RED)
        assert closed(self.NAME, "2026-05", life_activities=[0, 0, 0]) == Says(3, 0, RED)

    def test_it_counts_from_the_first_full_month_after_founding(self) -> None:
        assert closed(self.NAME, "2026-05", founded=date(2026, 3, 9), life_activities=[0, 0, 0, 0]).value == 2
        assert closed(self.NAME, "2026-05", founded=date(2026, 5, 9), life_activities=[0, 0]) == NA

    def test_activities_nobody_can_count_are_no_gap(self) -> None:
        assert closed(self.NAME, "2026-05", life_activities=[0, 0], activities_broken=[0, 1]) == NODATA
        assert closed(self.NAME, "2026-05", life_activities=[0, 0], activities_broken=[1, 0]).value == 1

    def test_without_the_feed_there_is_no_data(self) -> None:
        assert closed(self.NAME, "2026-05", missing=NO_ACTIVITIES, life_activities=[0]) == NODATA

    def test_the_open_month_shows_the_light_of_the_last_closed_one(self) -> None:
        cube = Cube.empty([7], ["2026-03", "2026-04", "2026-05"])
        cube["eligible"][:] = 1
        cube["established_day"][:] = LONG_AGO.toordinal()
        cube["life_activities"][0] = [1, 0, 0]
        assert at(self.NAME, cube, -1).light is YELLOW


class TestAttendanceRate:
    """Valid sign-ins of those who had to come."""

    NAME = "hs_b_attendance_rate"

    def test_nobody_required_is_not_asked(self) -> None:
        assert closed(self.NAME, "2026-05", required=[0], present=[0]) == NA

    def test_eighty_percent_is_green_below_is_yellow(self) -> None:
        assert closed(self.NAME, "2026-05", required=[10], present=[8]) == Says(0.8, 80, GREEN)
        assert closed(self.NAME, "2026-05", required=[1000], present=[799]).light is YELLOW

    def test_fifty_percent_is_yellow_below_is_red(self) -> None:
        assert closed(self.NAME, "2026-05", required=[10], present=[5]) == Says(0.5, 50, YELLOW)
        assert closed(self.NAME, "2026-05", required=[10], present=[4]) == Says(0.4, 40, RED)

    def test_nobody_came_is_zero_not_na(self) -> None:
        assert closed(self.NAME, "2026-05", required=[3], present=[0]) == Says(0, 0, RED)

    def test_one_single_absence_is_at_most_yellow(self) -> None:
        assert closed(self.NAME, "2026-05", required=[1], present=[0]) == Says(0, 0, YELLOW)

    def test_too_many_uncountable_rows_are_no_data(self) -> None:
        assert closed(self.NAME, "2026-05", required=[19], present=[19], attendance_broken=[1]).light is GREEN
        assert closed(self.NAME, "2026-05", required=[18], present=[18], attendance_broken=[1]) == NODATA

    def test_a_new_branch_is_not_asked(self) -> None:
        assert closed(self.NAME, "2026-05", founded=date(2026, 5, 1), required=[4], present=[1]) == NA

    def test_without_the_feed_there_is_no_data(self) -> None:
        assert closed(self.NAME, "2026-05", missing=NO_ACTIVITIES, required=[0]) == NODATA
