"""Yearly reviews, transfers, dues, floating members and terms, each at its limits (indicators.md §5.1)."""

from __future__ import annotations

from datetime import date

import pytest

from data.readmodel.cube import Cube
from data.readmodel.results import Light
from tests.naive.one_branch import LONG_AGO, NA, NODATA, Says, at, closed

GREEN, YELLOW, RED = Light.GREEN, Light.YELLOW, Light.RED
# From January of the reviewed year to the month that is looked at.
TO_DECEMBER, TO_JANUARY, TO_FEBRUARY, TO_MARCH = 12, 13, 14, 15


def review(last: str, length: int, **held: dict[int, float]) -> dict[str, list[float]]:
    """Measures that are 0 but in the months named by number (1 = January of the first year)."""
    lists = {name: [0.0] * length for name in ("life_meeting_this_year", *held)}
    for name, months in held.items():
        for number, value in months.items():
            lists[name][number - 1] = value
    return lists


class TestLifeMeeting:
    """Once a year, until the end of February of the next."""

    NAME = "hs_b_life_meeting"

    def test_not_held_is_not_judged_before_december_closes(self) -> None:
        assert closed(self.NAME, "2025-11", **review("2025-11", 11)) == NA

    @pytest.mark.parametrize(("last", "length"), [("2025-12", TO_DECEMBER), ("2026-01", TO_JANUARY)])
    def test_not_held_is_yellow_without_a_score_until_february_closes(self, last: str, length: int) -> None:
        assert closed(self.NAME, last, **review(last, length)) == Says(0, None, YELLOW)

    @pytest.mark.parametrize(("last", "length"), [("2026-02", TO_FEBRUARY), ("2026-09", 21)])
    def test_not_held_is_red_from_the_close_of_february_on(self, last: str, length: int) -> None:
        assert closed(self.NAME, last, **review(last, length)) == Says(0, 0, RED)

    def test_held_within_the_year_or_in_the_two_months_after_is_green(self) -> None:
        in_year = review("2026-03", TO_MARCH, life_meeting_this_year={11: 1})
        after = review("2026-03", TO_MARCH, life_meeting_last_year={14: 1})
        assert closed(self.NAME, "2026-03", **in_year) == Says(1, 100, GREEN)
        assert closed(self.NAME, "2026-03", **after) == Says(1, 100, GREEN)

    def test_from_october_the_next_year_is_asked(self) -> None:
        held_last_year = review("2026-10", 22, life_meeting_this_year={11: 1})
        assert (
            closed(self.NAME, "2026-09", **review("2026-09", 21, life_meeting_this_year={11: 1})).light
            is GREEN
        )
        assert closed(self.NAME, "2026-10", **held_last_year) == NA

    def test_a_branch_founded_after_september_is_not_asked_for_that_year(self) -> None:
        months = review("2026-03", TO_MARCH)
        assert closed(self.NAME, "2026-03", founded=date(2025, 10, 1), **months) == NA
        assert closed(self.NAME, "2026-03", founded=date(2025, 9, 30), **months).light is RED

    def test_a_year_before_the_data_begin_is_not_judged(self) -> None:
        assert closed(self.NAME, "2026-03", life_meeting_this_year=[0, 0]) == NA

    def test_without_the_feed_there_is_no_data(self) -> None:
        months = review("2026-03", TO_MARCH)
        assert closed(self.NAME, "2026-03", missing=frozenset({"appraisals"}), **months) == NODATA


class TestAppraisal:
    """The share of members appraised in the yearly appraisal."""

    NAME = "hs_b_appraisal"

    def _held(self, length: int, appraised: float, appraisable: float) -> dict[str, list[float]]:
        return review(
            "",
            length,
            appraisal_this_year={10: 1},
            appraised_this_year={10: appraised},
            appraisable_this_year={10: appraisable},
        )

    def test_ninety_percent_is_green_below_is_yellow_from_december(self) -> None:
        assert closed(self.NAME, "2025-12", **self._held(12, 9, 10)) == Says(0.9, 90, GREEN)
        assert closed(self.NAME, "2025-12", **self._held(12, 89, 100)).light is YELLOW
        assert closed(self.NAME, "2025-11", **self._held(11, 1, 10)) == Says(0.1, 10, GREEN)

    def test_below_sixty_percent_is_red_from_the_close_of_february(self) -> None:
        assert closed(self.NAME, "2026-01", **self._held(13, 1, 10)).light is YELLOW
        assert closed(self.NAME, "2026-02", **self._held(14, 5, 10)) == Says(0.5, 50, RED)
        assert closed(self.NAME, "2026-02", **self._held(14, 6, 10)).light is YELLOW

    def test_one_single_member_left_out_is_at_most_yellow(self) -> None:
        assert closed(self.NAME, "2026-02", **self._held(14, 1, 2)) == Says(0.5, 50, YELLOW)

    def test_not_held_is_na_then_yellow_then_red(self) -> None:
        assert closed(self.NAME, "2025-10", members=[20] * 10) == NA
        assert closed(self.NAME, "2025-12", members=[20] * 12) == Says(0, 0, YELLOW)
        assert closed(self.NAME, "2026-02", members=[20] * 14) == Says(0, 0, RED)

    def test_not_held_without_a_member_at_the_end_of_february_is_not_asked(self) -> None:
        emptied, filled = [20] * 13 + [0] * 4, [0] * 14 + [20] * 3
        assert closed(self.NAME, "2026-01", members=emptied[:13]) == Says(0, 0, YELLOW)
        assert closed(self.NAME, "2026-05", members=emptied) == NA
        assert closed(self.NAME, "2026-05", members=filled) == NA

    def test_nobody_to_appraise_is_not_asked(self) -> None:
        assert closed(self.NAME, "2026-02", **self._held(14, 0, 0)) == NA

    def test_a_branch_founded_after_september_is_not_asked_for_that_year(self) -> None:
        assert closed(self.NAME, "2026-03", founded=date(2025, 10, 1), members=[20] * 15) == NA

    def test_without_the_feed_there_is_no_data(self) -> None:
        assert closed(self.NAME, "2026-03", missing=frozenset({"appraisals"}), members=[20] * 15) == NODATA


class TestTransfer:
    """Steps decided in time over twelve months, and what stands open past its limit."""

    NAME = "hs_b_transfer"

    def test_no_step_is_not_asked(self) -> None:
        assert closed(self.NAME, "2026-05", transfer_steps=[0]) == NA

    def test_the_share_in_time_is_the_score(self) -> None:
        cells = {"transfer_steps": [4.0], "transfer_steps_on_time": [3.0]}
        assert closed(self.NAME, "2026-05", **cells) == Says(0.75, 75, GREEN)

    def test_steps_count_for_twelve_months(self) -> None:
        year = {"transfer_steps": [1.0, *[0.0] * 11], "transfer_steps_on_time": [1.0, *[0.0] * 11]}
        longer = {name: [*values, 0.0] for name, values in year.items()}
        assert closed(self.NAME, "2026-05", **year) == Says(1, 100, GREEN)
        assert closed(self.NAME, "2026-05", **longer) == NA

    def test_each_open_overdue_step_costs_twenty_and_three_are_red(self) -> None:
        cells = {"transfer_steps": [10.0], "transfer_steps_on_time": [8.0]}
        assert closed(self.NAME, "2026-05", transfer_overdue=[2], **cells) == Says(0.8, 40, YELLOW)
        assert closed(self.NAME, "2026-05", transfer_overdue=[3], **cells) == Says(0.8, 20, RED)
        assert closed(self.NAME, "2026-05", transfer_overdue=[9], **cells).score == 0

    def test_one_step_open_for_more_than_thirty_days_is_red(self) -> None:
        cells = {"transfer_steps": [10.0], "transfer_steps_on_time": [9.0], "transfer_overdue": [1.0]}
        assert closed(self.NAME, "2026-05", **cells).light is YELLOW
        assert closed(self.NAME, "2026-05", transfer_overdue_30=[1], **cells).light is RED

    def test_an_open_overdue_step_without_any_other_is_zero_and_red(self) -> None:
        assert closed(self.NAME, "2026-05", transfer_overdue=[1]) == Says(0, 0, RED)

    def test_the_open_month_has_its_own_light(self) -> None:
        cube = Cube.empty([7], ["2026-04", "2026-05"])
        cube["eligible"][:] = 1
        cube["established_day"][:] = LONG_AGO.toordinal()
        cube["transfer_overdue"][0] = [0, 1]
        assert at(self.NAME, cube, -1).light is RED

    def test_new_branches_and_missing_feeds(self) -> None:
        assert closed(self.NAME, "2026-05", founded=date(2026, 5, 1), transfer_overdue=[3]) == NA
        assert closed(self.NAME, "2026-05", missing=frozenset({"transfers"}), transfer_overdue=[1]) == NODATA


class TestDuesCollection:
    """Members who paid in full and in time."""

    NAME = "hs_b_dues_collection"

    def test_nobody_owes_is_not_asked(self) -> None:
        assert closed(self.NAME, "2026-05", dues_owed=[0], dues_full=[0]) == NA

    def test_ninety_five_percent_is_green_below_is_yellow(self) -> None:
        assert closed(self.NAME, "2026-05", dues_owed=[100], dues_full=[95]) == Says(0.95, 95, GREEN)
        assert closed(self.NAME, "2026-05", dues_owed=[100], dues_full=[94]).light is YELLOW

    def test_eighty_five_percent_is_yellow_below_is_red(self) -> None:
        assert closed(self.NAME, "2026-05", dues_owed=[100], dues_full=[85]).light is YELLOW
        assert closed(self.NAME, "2026-05", dues_owed=[100], dues_full=[84]) == Says(0.84, 84, RED)

    def test_one_forgotten_payment_in_a_small_branch_is_at_most_yellow(self) -> None:
        assert closed(self.NAME, "2026-05", dues_owed=[6], dues_full=[5]).light is YELLOW
        assert closed(self.NAME, "2026-05", dues_owed=[6], dues_full=[4]).light is RED

    def test_uncountable_obligations_new_branches_and_missing_feeds(self) -> None:
        assert closed(self.NAME, "2026-05", dues_owed=[10], dues_full=[10], dues_broken=[1]) == NODATA
        assert closed(self.NAME, "2026-05", founded=date(2026, 5, 2), dues_owed=[10], dues_full=[1]) == NA
        assert closed(self.NAME, "2026-05", missing=frozenset({"dues"}), dues_owed=[0]) == NODATA


class TestFloating:
    """Reports of floating members for the last closed quarter."""

    NAME = "hs_b_floating"

    def _quarter(self, due: float, reported: float, then: int = 0) -> dict[str, list[float]]:
        quarter = {"floating_due": [0.0, 0.0, due], "floating_reported": [0.0, 0.0, reported]}
        return {name: [*values, *[0.0] * then] for name, values in quarter.items()}

    def test_nobody_floating_is_not_asked(self) -> None:
        assert closed(self.NAME, "2026-06", **self._quarter(0, 0)) == NA

    def test_all_reported_is_green_one_missing_is_yellow(self) -> None:
        assert closed(self.NAME, "2026-06", **self._quarter(5, 5)) == Says(1, 100, GREEN)
        assert closed(self.NAME, "2026-06", **self._quarter(5, 4)) == Says(0.8, 80, YELLOW)

    def test_sixty_percent_is_yellow_below_is_red(self) -> None:
        assert closed(self.NAME, "2026-06", **self._quarter(5, 3)).light is YELLOW
        assert closed(self.NAME, "2026-06", **self._quarter(5, 2)) == Says(0.4, 40, RED)

    def test_one_single_member_who_did_not_report_is_at_most_yellow(self) -> None:
        assert closed(self.NAME, "2026-06", **self._quarter(1, 0)) == Says(0, 0, YELLOW)

    def test_a_month_inside_a_quarter_shows_the_quarter_before(self) -> None:
        assert closed(self.NAME, "2026-08", **self._quarter(5, 4, then=2)) == Says(0.8, 80, YELLOW)
        assert closed(self.NAME, "2026-09", **self._quarter(5, 4, then=3)) == NA

    @pytest.mark.parametrize("last", ["2026-06", "2026-07", "2026-08"])
    def test_a_quarter_that_began_before_the_data_is_not_judged(self, last: str) -> None:
        then = int(last[5:]) - 6
        data_from_may = {name: values[1:] for name, values in self._quarter(5, 0, then).items()}
        assert closed(self.NAME, last, **data_from_may) == NA
        assert closed(self.NAME, last, **self._quarter(5, 0, then)).light is RED

    def test_new_branches_and_missing_feeds(self) -> None:
        assert closed(self.NAME, "2026-06", founded=date(2026, 6, 1), **self._quarter(5, 0)) == NA
        assert closed(self.NAME, "2026-06", missing=frozenset({"floating"}), **self._quarter(0, 0)) == NODATA


class TestTerm:
    """Days left of the committee's term; the last valid day is still valid."""

    NAME = "hs_b_term"

    @pytest.mark.parametrize(
        ("days", "score", "light"),
        [(91, 100, GREEN), (90, 100, YELLOW), (1, 100, YELLOW), (0, 100, YELLOW), (-1, 0, RED)],
    )
    def test_days_left_at_the_end_of_the_month(self, days: float, score: float, light: Light) -> None:
        assert closed(self.NAME, "2026-05", term_days=[days]) == Says(days, score, light)

    def test_temporary_branches_have_no_term(self) -> None:
        assert closed(self.NAME, "2026-05", temporary=[1], term_days=[-5]) == NA

    def test_without_a_first_term_a_young_branch_is_not_asked_and_an_old_one_has_no_data(self) -> None:
        unknown = {"term_days": [float("nan")]}
        assert closed(self.NAME, "2026-05", founded=date(2025, 6, 1), **unknown) == NA
        assert closed(self.NAME, "2026-05", founded=date(2025, 5, 31), **unknown) == NODATA

    def test_new_branches_and_missing_feeds(self) -> None:
        assert closed(self.NAME, "2026-05", founded=date(2026, 5, 1), term_days=[-5]) == NA
        assert closed(self.NAME, "2026-05", missing=frozenset({"terms"}), term_days=[float("nan")]) == NODATA
