"""武进: reviews booked to their year, aspects, the total of 600 and its final score (indicators.md §6)."""

from __future__ import annotations

from datetime import date

import pytest

from data.indicators.wujin_items import ITEMS
from data.readmodel.cube import Cube
from data.readmodel.results import Light
from tests.naive.district import add_months
from tests.naive.one_branch import LONG_AGO, NA, NODATA, PROFILE, Says, at, closed

GREEN, YELLOW, RED = Light.GREEN, Light.YELLOW, Light.RED


class TestReviews:
    """16 points for the life meeting, 16 by the share appraised, booked to the year they are about."""

    NAME = "wj_b_life_meeting"

    def test_each_half_is_booked_in_the_month_it_is_held(self) -> None:
        november = [0.0] * 10 + [1.0]
        assert closed(self.NAME, "2026-10", life_meeting_this_year=[0.0] * 10) == NA
        assert closed(self.NAME, "2026-11", life_meeting_this_year=november) == Says(16, 100, GREEN)
        appraised = {
            "life_meeting_this_year": [*november, 0],
            "appraisal_this_year": [0.0] * 11 + [1],
            "appraised_this_year": [0.0] * 11 + [15],
            "appraisable_this_year": [0.0] * 11 + [20],
        }
        assert closed(self.NAME, "2026-12", **appraised) == Says(28, 87.5, GREEN)

    def test_missed_by_the_end_of_february_is_red_and_takes_no_points_of_the_new_year(self) -> None:
        nothing = [0.0] * 15
        assert closed(self.NAME, "2026-01", life_meeting_this_year=nothing[:13], members=[9] * 13) == NA
        assert closed(self.NAME, "2026-03", life_meeting_this_year=nothing, members=[9] * 15) == Says(
            0, 0, RED
        )

    def test_held_in_january_for_the_year_before_it_is_booked_to_that_year(self) -> None:
        held = {
            "life_meeting_last_year": [0.0] * 12 + [1, 0],
            "appraisal_last_year": [0.0] * 13 + [1],
            "appraised_last_year": [0.0] * 13 + [20],
            "appraisable_last_year": [0.0] * 13 + [20],
            "members": [20.0] * 14,
        }
        assert closed(self.NAME, "2026-02", **held) == Says(0, 100, GREEN)
        # 32 of 32 points, beside a theme day missed in each month of 2025, quarters without anything.
        only = {**held, "theme_days": [0.0] * 14}
        final = closed("wj_b_last_year", "2026-02", **only)
        year = closed("wj_b_total", "2025-12", **{name: values[:12] for name, values in only.items()})
        assert (final.value or 0) > (year.value or 0)

    def test_not_asked_of_a_branch_founded_after_september(self) -> None:
        given = {"life_meeting_this_year": [0.0] * 15, "members": [9.0] * 15}
        assert closed(self.NAME, "2026-03", founded=date(2025, 10, 1), **given) == NA
        assert closed(self.NAME, "2026-03", founded=date(2025, 9, 30), **given).light is RED

    def test_a_year_before_the_data_is_not_judged(self) -> None:
        assert closed(self.NAME, "2026-03", life_meeting_this_year=[0.0] * 6, members=[9.0] * 6) == NA

    def test_without_the_feed_there_is_no_data(self) -> None:
        gone = frozenset({"appraisals"})
        assert closed(self.NAME, "2026-12", missing=gone, life_meeting_this_year=[0.0] * 12) == NODATA


def a_year(first: str, months: int) -> Cube:
    """A branch that does everything, in closed months and the open one after them."""
    cube = Cube.empty([7], [add_months(first, n) for n in range(months + 1)])
    everything = {
        **dict.fromkeys(("eligible", "active", "has_secretary", "has_committee", "venue_access"), 1),
        **{"committee_meetings": 1, "assemblies": 1, "lectures": 1, "theme_days": 1, "study_sessions": 1},
        **{"record_filled": 9, "record_fields": 9, "full_members": 20, "members": 20, "committee_size": 5},
        **{"groups": 2, "groups_met": 2, "joint_units": 0, "term_days": 400, "dev_steps": 1},
        **{"dev_steps_reviewed": 1, "dues_owed": 20, "dues_full": 20, "ledger_dues_entries": 1},
        **{"ledger_balanced": 1, "member_fields": 140, "member_fields_filled": 140, "floating_due": 1},
        **{"floating_reported": 1, "required": 20, "present": 20, "normal_members": 20},
        **{"served_in_month": 20, "login_weeks": 5},
    }
    for name, value in everything.items():
        cube[name][:] = value
    cube["established_day"][:] = LONG_AGO.toordinal()
    for j, month in enumerate(cube.months):
        if month.endswith("-12"):
            cube["life_meeting_this_year"][0, j] = cube["appraisal_this_year"][0, j] = 1
            cube["appraised_this_year"][0, j] = cube["appraisable_this_year"][0, j] = 20
    return cube


def december(cube: Cube) -> int:
    return cube.months.index("2025-12")


class TestTotal:
    """600 × attained ÷ attainable, and its aspects."""

    def test_a_branch_that_does_everything_has_600_of_600_points_at_the_end_of_the_year(self) -> None:
        cube = a_year("2025-01", 12)
        assert at("wj_b_total", cube, -2) == Says(600, 100, GREEN)
        items = {name: at(name, cube, -2).value for name in ITEMS}
        assert items == {name: pytest.approx(PROFILE.rule(name).weight) for name in ITEMS}
        aspects = ("setup", "members", "activities", "guarantee")
        assert [at(f"wj_b_aspect_{name}", cube, -2).value for name in aspects] == [70, 190, 304, 36]

    def test_an_item_that_is_na_is_left_out_and_the_rest_scaled_to_600(self) -> None:
        cube = a_year("2025-01", 12)
        for name in ("dev_steps", "dev_steps_reviewed", "floating_due", "floating_reported"):
            cube[name][:] = 0
        assert at("wj_b_total", cube, -2) == Says(600, 100, GREEN)
        assert at("wj_b_aspect_members", cube, -2).value == 190 - 40 - 28
        cube["dues_full"][:] = 10
        assert at("wj_b_total", cube, -2) == Says(round(600 * 502 / 532, 6), round(50200 / 532, 6), GREEN)
        assert at("wj_b_aspect_members", cube, -2).score == round(100 * 92 / 122, 6)

    @pytest.mark.parametrize(("share", "light"), [(0.8, GREEN), (0.79, YELLOW), (0.6, YELLOW), (0.59, RED)])
    def test_its_lines_are_480_and_360_of_600(self, share: float, light: Light) -> None:
        # One item alone: members' records, with nobody abroad unsettled and nothing else asked.
        cube = Cube.empty([7], ["2026-01", "2026-02"])
        cube["eligible"][:] = 1
        gone = {family for name, (_, families) in ITEMS.items() if name != "wj_b_dues" for family in families}
        cube["dues_owed"][:], cube["dues_full"][:] = 100, 100 * share
        said = at("wj_b_total", cube, -2, frozenset(gone - {"dues"}))
        assert said == Says(round(600 * share, 6), 100 * share, light)

    def test_a_feed_that_is_missing_takes_its_items_out_of_both_sides(self) -> None:
        cube = a_year("2025-01", 12)
        said = at("wj_b_total", cube, -2, frozenset({"dues", "logins"}))
        assert said == Says(600, 100, GREEN)
        assert at("wj_b_aspect_guarantee", cube, -2, frozenset({"logins"})) == NA

    def test_a_branch_that_is_new_or_dissolved_has_none(self) -> None:
        cube = a_year("2025-01", 12)
        cube["eligible"][0, -2] = 0
        assert at("wj_b_total", cube, -2) == NA

    def test_the_yearly_score_is_final_with_the_reviews_of_february(self) -> None:
        cube = a_year("2025-01", 15)
        for name in ("life_meeting", "appraisal", "appraised", "appraisable"):
            cube[f"{name}_this_year"][:] = 0
        assert at("wj_b_last_year", cube, cube.months.index("2026-01")) == NA
        assert at("wj_b_last_year", cube, -2) == Says(round(600 * 568 / 600, 6), round(56800 / 600, 6), GREEN)
        february = cube.months.index("2026-02")
        cube["life_meeting_last_year"][0, february] = 1
        assert at("wj_b_last_year", cube, -2).value == 584
        cube["appraisal_last_year"][0, february] = 1
        cube["appraised_last_year"][0, february], cube["appraisable_last_year"][0, february] = 5, 20
        assert at("wj_b_last_year", cube, -2).value == 588
        assert at("wj_b_last_year", cube, december(cube)) == NA
