"""昆山 at branch level: each indicator at its limits (indicators.md §9.1)."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from data.clock import add_months
from data.readmodel.cube import Cube
from data.readmodel.results import Light
from tests.naive.one_branch import LONG_AGO, NA, NODATA, Says, at, closed

GREEN, YELLOW, RED = Light.GREEN, Light.YELLOW, Light.RED
MARCH = "2026-03"


@pytest.mark.parametrize("indicator", ["ks_long_absent", "ks_long_unpaid"])
class TestLongOut:
    """Members without organisation life or dues for three months."""

    @pytest.mark.parametrize(
        ("n", "members", "light"),
        [
            (0, 50, GREEN),
            (1, 50, YELLOW),
            (2, 50, YELLOW),
            (3, 50, RED),
            (2, 20, RED),
            (2, 21, YELLOW),
            (1, 4, YELLOW),
        ],
    )
    def test_three_of_them_or_a_tenth_are_red_a_single_one_never(
        self, indicator: str, n: float, members: float, light: Light
    ) -> None:
        name = indicator.removeprefix("ks_")
        found = closed(indicator, MARCH, **{name: [n], "members": [members]})
        assert found == Says(n, round(100 * (1 - n / members), 6), light)

    def test_nobody_and_new_branches_are_not_judged(self, indicator: str) -> None:
        assert closed(indicator, MARCH, members=[0]) == NA
        assert closed(indicator, MARCH, founded=date(2026, 3, 2), members=[9]) == NA
        gone = frozenset({"member_lights"})
        assert closed(indicator, MARCH, members=[9], missing=gone) == NODATA


class TestSteps:
    """Steps of admission."""

    @pytest.mark.parametrize(("n", "light"), [(95, GREEN), (94, YELLOW), (80, YELLOW), (79, RED)])
    def test_on_time_over_twelve_months(self, n: float, light: Light) -> None:
        year = {"dev_steps": [40.0] + [0.0] * 10 + [60], "dev_steps_on_time": [n - 60] + [0.0] * 10 + [60]}
        assert closed("ks_dev_on_time_rate", MARCH, **year) == Says(n / 100, n, light)
        before = {"dev_steps": [40.0] + [0.0] * 12}
        assert closed("ks_dev_on_time_rate", MARCH, **before) == NA

    def test_one_late_step_is_at_most_yellow(self) -> None:
        assert closed("ks_dev_on_time_rate", MARCH, dev_steps=[2], dev_steps_on_time=[1]).light is YELLOW
        assert closed("ks_dev_on_time_rate", MARCH, dev_steps=[4], dev_steps_on_time=[2]).light is RED

    def test_a_step_due_within_seven_days_is_yellow_at_once(self) -> None:
        assert closed("ks_dev_due_soon", MARCH, dev_due_soon=[1]) == Says(1, None, YELLOW)
        assert closed("ks_dev_due_soon", MARCH) == Says(0, None, GREEN)
        assert closed("ks_dev_due_soon", MARCH, missing=frozenset({"step_records"})) == NODATA

    def test_overdue_is_yellow_and_red_beyond_thirty_days(self) -> None:
        assert closed("ks_dev_overdue", MARCH) == Says(0, 100, GREEN)
        assert closed("ks_dev_overdue", MARCH, dev_overdue=[2]) == Says(2, 60, YELLOW)
        assert closed("ks_dev_overdue", MARCH, dev_overdue=[6], dev_overdue_30=[1]) == Says(6, 0, RED)
        assert closed("ks_dev_overdue", MARCH, missing=frozenset({"development"})) == NODATA

    @pytest.mark.parametrize(("missing", "light"), [(0, GREEN), (1, YELLOW), (10, YELLOW), (11, RED)])
    def test_uploads_of_twelve_months(self, missing: float, light: Light) -> None:
        months = {"dev_uploads_due": [50, 50], "dev_uploads_missing": [0, missing]}
        assert closed("ks_dev_upload_rate", MARCH, **months) == Says(
            (100 - missing) / 100, 100 - missing, light
        )
        assert closed("ks_dev_upload_rate", MARCH) == NA


@pytest.mark.parametrize(
    ("indicator", "numerator", "denominator", "feed", "yellow", "red"),
    [
        ("ks_under45_registered", "under_45_registered", "under_45", "member_lights", 80, 50),
        ("ks_in_service_study_rate", "in_service_online", "in_service_members", "online_study", 60, 30),
        ("ks_rectified_rate", "warnings_rectified_in_time", "warnings_due", "warnings", 90, 70),
    ],
)
def test_shares_at_their_lines(
    indicator: str, numerator: str, denominator: str, feed: str, yellow: int, red: int
) -> None:
    for n, light in ((yellow, GREEN), (yellow - 1, YELLOW), (red, YELLOW), (red - 1, RED)):
        assert closed(indicator, MARCH, **{numerator: [n], denominator: [100]}) == Says(n / 100, n, light)
    assert closed(indicator, MARCH, **{numerator: [0], denominator: [0]}) == NA
    assert closed(indicator, MARCH, **{numerator: [0], denominator: [1]}).light is YELLOW
    assert closed(indicator, MARCH, **{denominator: [9]}, missing=frozenset({feed})) == NODATA


def test_rectification_looks_back_three_months() -> None:
    months = {"warnings_due": [10, 0, 1, 1], "warnings_rectified_in_time": [0, 0, 1, 1]}
    assert closed("ks_rectified_rate", MARCH, **months) == Says(1, 100, GREEN)


def hours(own: float, registered: float = 1, missing: frozenset[str] = frozenset()) -> Says:
    """A branch among nine others with ten hours a head, in March; own hours were taken in February."""
    months = [add_months("2026-01", n - 1) for n in range(5)]
    cube = Cube.empty(list(range(10)), months)
    cube["established_day"][:] = LONG_AGO.toordinal()
    cube["eligible"][:] = 1
    cube["registered_members"][:] = 2
    cube["registered_members"][0] = registered
    cube["online_hours"][1:, 2] = 20
    cube["online_hours"][0] = [99, 0, own * registered, 0, 0]
    return at("ks_hours_per_head", cube, 3, missing)


class TestHoursPerHead:
    """Hours of the year per registered member against the mean of the branches."""

    @pytest.mark.parametrize(("own", "light"), [(6.78, GREEN), (6.76, YELLOW), (3.76, YELLOW), (3.74, RED)])
    def test_lines_are_shares_of_the_average_with_the_branch_itself(self, own: float, light: Light) -> None:
        # 0.7 × (90 + x) ÷ 10 = x at 6.774, 0.4 × (90 + x) ÷ 10 = x at 3.75.
        found = hours(own)
        assert (found.value, found.light) == (own, light)
        assert found.score == pytest.approx(1000 * own / (90 + own))

    def test_more_than_the_average_is_a_full_score(self) -> None:
        assert hours(20) == Says(20, 100, GREEN)

    def test_without_registered_members_or_feed_there_is_none(self) -> None:
        assert hours(5, registered=0) == NA
        assert hours(5, missing=frozenset({"study"})) == NODATA


def test_birthdays_are_known_today_only() -> None:
    assert closed("ks_political_birthdays", MARCH, political_birthdays=[np.nan]) == NA
    assert closed("ks_political_birthdays", MARCH, political_birthdays=[2]) == Says(2, None, GREEN)


def test_open_venue_issues_are_red_past_their_day() -> None:
    assert closed("ks_venue_open_issues", MARCH) == Says(0, 100, GREEN)
    assert closed("ks_venue_open_issues", MARCH, own_venue_issues=[1]) == Says(1, 80, YELLOW)
    late = {"own_venue_issues": [3], "own_venue_issues_overdue": [1]}
    assert closed("ks_venue_open_issues", MARCH, **late) == Says(3, 40, RED)
    assert closed("ks_venue_open_issues", MARCH, missing=frozenset({"venue_issues"})) == NODATA
