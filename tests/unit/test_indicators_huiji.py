"""惠济: nodes of the quarter, its score, interval and use of the platform at their limits (indicators.md §8)."""

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


def running(indicator: str, month: str, day: int, length: int = 12, **measures: float) -> Says:
    """The indicator today, on a day of the open month; measures are those of the open month."""
    months = [add_months(month, n - length) for n in range(length + 1)]
    cube = Cube.empty([7], months)
    cube["established_day"][:] = LONG_AGO.toordinal()
    cube["eligible"][:] = 1
    cube["day_of_month"][0, -1] = day
    for name, value in measures.items():
        cube[name][0, -1] = value
    return at(indicator, cube, -1)


class TestQuarterlyNodes:
    """Assembly and lecture: once a quarter, reminded from its sixtieth day."""

    @pytest.mark.parametrize(
        ("indicator", "measure", "points"),
        [("hj_n01_assembly", "assemblies", 15), ("hj_n04_lecture", "lectures", 10)],
    )
    def test_points_are_given_once_and_a_quarter_without_is_red(
        self, indicator: str, measure: str, points: float
    ) -> None:
        assert closed(indicator, MARCH, **{measure: [0, 2, 1]}) == Says(points, 100, GREEN)
        assert closed(indicator, MARCH, **{measure: [0, 0, 0]}) == Says(0, 0, RED)

    def test_in_the_running_quarter_the_passed_node_is_yellow(self) -> None:
        # By the end of February 59 days have passed, by the end of May 61.
        assert closed("hj_n01_assembly", "2026-02", assemblies=[0, 0]) == Says(0, None, GREEN)
        assert closed("hj_n01_assembly", "2026-05", assemblies=[0, 0]) == Says(0, None, YELLOW)
        assert closed("hj_n01_assembly", "2026-05", assemblies=[1, 0]) == Says(15, 100, GREEN)

    @pytest.mark.parametrize(("day", "light"), [(29, GREEN), (30, YELLOW)])
    def test_the_open_month_is_judged_by_its_day(self, day: int, light: Light) -> None:
        # 31 days of July and 29 of August are sixty.
        assert running("hj_n01_assembly", "2026-08", day) == Says(0, None, light)

    def test_what_began_before_the_data_or_too_late_is_not_judged(self) -> None:
        assert closed("hj_n01_assembly", MARCH, assemblies=[0, 0]) == NA
        late = date(2026, 2, 20)
        assert closed("hj_n01_assembly", MARCH, founded=late, assemblies=[0, 0, 0]) == NA

    def test_a_missing_feed_or_too_many_broken_activities_are_no_data(self) -> None:
        gone = frozenset({"activities"})
        assert closed("hj_n01_assembly", MARCH, assemblies=[0, 0, 0], missing=gone) == NODATA
        broken = {"activities": [9, 9, 9], "activities_broken": [0, 2, 0]}
        assert closed("hj_n01_assembly", MARCH, assemblies=[0, 0, 0], **broken) == NODATA

    @pytest.mark.parametrize(("news", "points"), [(9, 6), (3, 6), (2, 4), (0, 0)])
    def test_two_points_for_each_of_three_posts_and_no_light(self, news: float, points: float) -> None:
        score = round(100 * points / 6, 6)
        assert closed("hj_n09_posts", MARCH, branch_news=[news, 0, 0]) == Says(points, score, GREEN)
        assert running("hj_n09_posts", "2026-09", 30).light is GREEN


class TestMonthlyNodes:
    """Committee, groups and theme day: a third of the points each month."""

    def test_three_points_for_each_month_with_a_committee_meeting(self) -> None:
        months = {"has_committee": [1, 1, 1], "committee_meetings": [1, 0, 2]}
        assert closed("hj_n02_committee", MARCH, **months) == Says(6, 66.666667, GREEN)
        missed = {"has_committee": [1, 1], "committee_meetings": [1, 0]}
        assert closed("hj_n02_committee", "2026-02", **missed) == Says(3, 50, RED)

    def test_without_a_committee_nothing_is_due(self) -> None:
        assert closed("hj_n02_committee", MARCH, committee_meetings=[0, 0, 0]) == NA
        since_march = {"has_committee": [0, 0, 1], "committee_meetings": [0, 0, 1]}
        assert closed("hj_n02_committee", MARCH, **since_march) == Says(3, 100, GREEN)

    @pytest.mark.parametrize(("met", "light"), [(2, GREEN), (1, YELLOW), (0, RED)])
    def test_some_of_the_groups_are_yellow_none_of_them_red(self, met: float, light: Light) -> None:
        months = {"groups": [2, 2, 2], "groups_met": [2, 2, met]}
        assert closed("hj_n03_group", MARCH, **months) == Says(4 + met, round(100 * (4 + met) / 6, 6), light)

    def test_a_branch_without_groups_owes_no_group_meeting(self) -> None:
        assert closed("hj_n03_group", MARCH, groups=[0, 0, 0]) == NA

    @pytest.mark.parametrize(("day", "light"), [(20, GREEN), (21, YELLOW)])
    def test_the_theme_day_is_reminded_after_the_twentieth(self, day: int, light: Light) -> None:
        assert running("hj_n05_theme_day", "2026-08", day).light is light
        assert running("hj_n05_theme_day", "2026-08", day, theme_days=1).light is GREEN


class TestShares:
    """Points by the share of members; red only when nobody is recorded at all."""

    @pytest.mark.parametrize(
        ("indicator", "numerator", "denominator", "points"),
        [
            ("hj_n06_study", "studied_in_quarter", "normal_members", 15),
            ("hj_n07_volunteer", "served_in_quarter", "normal_members", 10),
            ("hj_n08_community", "in_community_in_quarter", "in_service_members", 8),
        ],
    )
    def test_points_follow_the_share_at_the_close_of_the_quarter(
        self, indicator: str, numerator: str, denominator: str, points: float
    ) -> None:
        quarter = {denominator: [4, 4, 4], numerator: [0, 1, 3]}
        assert closed(indicator, MARCH, **quarter) == Says(points * 0.75, 75, GREEN)
        assert closed(indicator, MARCH, **{denominator: [4, 4, 4]}) == Says(0, 0, RED)
        assert closed(indicator, MARCH, **{denominator: [4, 4, 0]}) == NA
        since_february = {denominator: [4, 4]}
        assert closed(indicator, MARCH, **since_february) == NA
        assert closed(indicator, MARCH, **since_february, **{numerator: [0, 4]}) == Says(points, 100, GREEN)
        gone = frozenset({"member_lights"})
        assert closed(indicator, MARCH, missing=gone, **quarter) == NODATA

    def test_study_is_reminded_each_month_after_the_twenty_fifth(self) -> None:
        assert closed("hj_n06_study", "2026-01", normal_members=[4]) == Says(0, None, YELLOW)
        assert closed("hj_n07_volunteer", "2026-01", normal_members=[4]) == Says(0, None, GREEN)
        assert running("hj_n06_study", "2026-08", 25, normal_members=4).light is GREEN
        assert running("hj_n06_study", "2026-08", 26, normal_members=4).light is YELLOW


FULL = {
    "assemblies": [1, 0, 0], "has_committee": [1, 1, 1], "committee_meetings": [1, 1, 1], "groups": [1, 1, 1],
    "groups_met": [1, 1, 1], "lectures": [0, 1, 0], "theme_days": [1, 1, 1], "normal_members": [4, 4, 4],
    "studied_in_quarter": [4, 4, 4], "served_in_quarter": [4, 4, 4], "in_service_members": [2, 2, 2],
    "in_community_in_quarter": [2, 2, 2], "branch_news": [3, 0, 0],
}  # fmt: skip


class TestQuarterScore:
    """Points of a hundred attainable ones."""

    def _score(self, last: str = MARCH, **instead: list[float]) -> Says:
        return closed("hj_quarter_score", last, **{**FULL, **instead})

    def test_all_nodes_done_are_a_hundred(self) -> None:
        assert self._score() == Says(100, 100, GREEN)

    def test_what_is_not_due_is_taken_out_of_the_attainable(self) -> None:
        # Without groups 94 points are attainable, without the lecture ten of them are lost.
        found = self._score(groups=[0, 0, 0], groups_met=[0, 0, 0], lectures=[0, 0, 0])
        assert found == Says(round(84 / 94 * 100, 6), round(84 / 94 * 100, 6), GREEN)

    @pytest.mark.parametrize(
        ("lost", "value", "light"),
        [
            ({"theme_days": [0, 0, 0]}, 79, YELLOW),
            ({"served_in_quarter": [0, 0, 0], "lectures": [0, 0, 0]}, 80, GREEN),
            ({"theme_days": [0, 0, 0], "studied_in_quarter": [0, 0, 0]}, 64, YELLOW),
            (
                {"theme_days": [0, 0, 0], "studied_in_quarter": [0, 0, 0], "branch_news": [1, 0, 0]},
                60,
                YELLOW,
            ),
            ({"theme_days": [0, 0, 0], "assemblies": [0, 0, 0], "branch_news": [0, 0, 0]}, 58, RED),
        ],
    )
    def test_below_eighty_is_yellow_below_sixty_red(
        self, lost: dict[str, list[float]], value: float, light: Light
    ) -> None:
        assert self._score(**lost) == Says(value, value, light)

    def test_a_quarter_that_began_before_the_data_has_no_score(self) -> None:
        idle = {**FULL, "theme_days": [0, 0, 0]}
        since_february = {name: [*values[1:], 0.0] for name, values in idle.items()}
        assert closed("hj_quarter_score", MARCH, **{n: v[:2] for n, v in since_february.items()}) == NA
        assert closed("hj_quarter_score", "2026-04", **since_february) == NA
        assert closed("hj_quarter_score", MARCH, **idle).light is YELLOW

    def test_a_month_inside_a_quarter_shows_the_quarter_before(self) -> None:
        april = {name: [*values, 0.0] for name, values in FULL.items()}
        assert closed("hj_quarter_score", "2026-04", **april) == Says(100, 100, GREEN)
        assert closed("hj_quarter_score", "2026-02", **{n: v[:2] for n, v in FULL.items()}) == NA


class TestInterval:
    """Days between organisation life over six months."""

    def _between(self, first: int, last: int, times: int) -> Says:
        start = date(2026, 1, 1).toordinal()
        nan = np.nan
        return closed(
            "hj_activity_interval",
            "2026-06",
            life_activities=[1, 0, 0, 0, 0, times - 1],
            first_life_day=[start + first, nan, nan, nan, nan, start + 160],
            last_life_day=[start + first, nan, nan, nan, nan, start + last],
        )

    @pytest.mark.parametrize(
        ("last", "times", "value", "light"),
        [(175, 6, 35, GREEN), (176, 6, 35.2, YELLOW), (62, 2, 62, YELLOW), (63, 2, 63, RED)],
    )
    def test_the_mean_gap_decides(self, last: int, times: int, value: float, light: Light) -> None:
        found = self._between(0, last, times)
        assert (found.value, found.light) == (value, light)

    def test_one_activity_has_no_interval(self) -> None:
        assert self._between(0, 0, 1) == NA


@pytest.mark.parametrize(
    ("indicator", "numerator", "denominator", "feed", "lines"),
    [
        ("hj_registered_rate", "app_users", "members", "registrations", (90, 89, 70, 69)),
        ("hj_active_rate", "app_active", "app_users", "registrations", (60, 59, 30, 29)),
        ("hj_problem_closed_rate", "problems_closed_in_time", "problems_due", "problems", (100, 99, 70, 69)),
    ],
)
def test_rates_of_the_platform_at_their_lines(
    indicator: str, numerator: str, denominator: str, feed: str, lines: tuple[int, int, int, int]
) -> None:
    expected = (GREEN, YELLOW, YELLOW, RED)
    for n, light in zip(lines, expected, strict=True):
        says = closed(indicator, MARCH, **{numerator: [n], denominator: [100]})
        assert says == Says(n / 100, n, light)
    assert closed(indicator, MARCH, **{numerator: [0], denominator: [0]}) == NA
    assert (
        closed(indicator, MARCH, **{numerator: [0], denominator: [1]}).light is YELLOW
    )  # one single failure
    assert closed(indicator, MARCH, **{denominator: [5]}, missing=frozenset({feed})) == NODATA


@pytest.mark.parametrize(
    ("indicator", "measure", "feed"),
    [
        ("hj_posts", "posts", "posts"),
        ("hj_views", "views", "platform"),
        ("hj_comments", "comments", "platform"),
        ("hj_likes", "likes", "platform"),
    ],
)
def test_amounts_are_shown_without_score_and_light(indicator: str, measure: str, feed: str) -> None:
    assert closed(indicator, MARCH, **{measure: [7]}) == Says(7, None, GREEN)
    assert closed(indicator, MARCH, missing=frozenset({feed})) == NODATA
    assert closed(indicator, MARCH, founded=date(2026, 3, 9)) == NA


def test_engagement_is_at_most_one_and_na_without_views() -> None:
    some = {"views": [40], "comments": [3], "likes": [1]}
    assert closed("hj_engagement", MARCH, **some) == Says(0.1, 10, GREEN)
    assert closed("hj_engagement", MARCH, views=[2], comments=[3]) == Says(1, 100, GREEN)
    assert closed("hj_engagement", MARCH, comments=[3]) == NA
