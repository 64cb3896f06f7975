"""Openness, admission, dispositions, records, leadership, venue, visits, stars, projects and red members, each at
its limits (indicators.md §5.1)."""

from __future__ import annotations

from datetime import date

import pytest

from data.readmodel.results import Light
from tests.naive.one_branch import NA, NODATA, Says, closed

GREEN, YELLOW, RED = Light.GREEN, Light.YELLOW, Light.RED

# Indicator → the family it counts from, and measures of a branch in order.
SOUND: dict[str, tuple[str, dict[str, list[float]]]] = {
    "hs_b_openness": ("posts", {"disclosures": [1, 0, 0]}),
    "hs_b_development": ("development", {"dev_steps": [4], "dev_steps_proper": [4]}),
    "hs_b_unqualified": ("dispositions", {"unqualified_members": [1]}),
    "hs_b_red_members": ("member_lights", {"red_members": [0], "scored_members": [10]}),
    "hs_b_info_quality": ("members", {"member_fields": [70], "member_fields_filled": [70]}),
    "hs_b_leadership": ("terms", {"vacancy_days": [0], "committee_size": [3], "full_members": [9]}),
    "hs_b_venue": ("venues", {"venue_access": [1], "venue_inspected": [1]}),
    "hs_b_condolence": ("condolence", {"condolence_due": [3], "condolence_visited": [3]}),
    "hs_b_star": ("ratings", {"stars": [5], "stars_before": [5]}),
    "hs_b_secretary_project": ("projects", {"project_lag": [0]}),
}


@pytest.mark.parametrize("indicator", SOUND)
class TestEveryOne:
    """What holds for all of them."""

    def test_a_sound_branch_is_green_with_a_full_score(self, indicator: str) -> None:
        found = closed(indicator, "2025-12", **SOUND[indicator][1])
        assert (found.score, found.light) == (100, GREEN)

    def test_a_branch_founded_in_the_month_is_not_asked(self, indicator: str) -> None:
        assert closed(indicator, "2025-12", founded=date(2025, 12, 1), **SOUND[indicator][1]) == NA

    def test_without_the_feed_there_is_no_data_and_never_green(self, indicator: str) -> None:
        family, measures = SOUND[indicator]
        assert closed(indicator, "2025-12", missing=frozenset({family}), **measures) == NODATA


@pytest.mark.parametrize(
    ("indicator", "measures"),
    [
        ("hs_b_development", {"dev_steps": [0.0]}),
        ("hs_b_unqualified", {"unqualified_members": [0.0]}),
        ("hs_b_red_members", {"scored_members": [0.0]}),
        ("hs_b_info_quality", {"member_fields": [0.0]}),
        ("hs_b_condolence", {"condolence_due": [0.0]}),
        ("hs_b_star", {"weak_lax": [0.0]}),
        ("hs_b_secretary_project", {"projects_overdue": [0.0]}),
    ],
)
def test_where_there_is_nothing_to_measure_it_does_not_apply(
    indicator: str, measures: dict[str, list[float]]
) -> None:
    assert closed(indicator, "2025-12", **measures) == NA


class TestOpenness:
    """A disclosure in every quarter."""

    NAME = "hs_b_openness"

    @pytest.mark.parametrize(
        ("last", "disclosures", "says"),
        [
            ("2026-04", [0], NA),
            ("2026-05", [0, 0], Says(0, 50, YELLOW)),
            ("2026-06", [0, 0, 0], Says(0, 0, YELLOW)),
            ("2026-06", [0, 0, 2], Says(2, 100, GREEN)),
            ("2026-06", [0, 0, 0, 0, 0, 0], Says(0, 0, RED)),
            ("2026-06", [0, 1, 0, 0, 0, 0], Says(0, 0, YELLOW)),
            # The quarter before began before the data: nobody knows whether it was missed.
            ("2026-06", [0, 0, 0, 0, 0], Says(0, 0, YELLOW)),
            ("2026-06", [0, 0], NA),
        ],
    )
    def test_once_a_quarter_red_after_two(self, last: str, disclosures: list[float], says: Says) -> None:
        assert closed(self.NAME, last, disclosures=disclosures) == says

    def test_a_quarter_of_less_than_45_days_is_neither_asked_nor_held_against_the_next(self) -> None:
        none = {"disclosures": [0.0] * 6}
        assert closed(self.NAME, "2026-03", founded=date(2026, 2, 16), disclosures=[0, 0, 0]) == NA
        assert closed(self.NAME, "2026-06", founded=date(2026, 2, 16), **none).light is YELLOW
        assert closed(self.NAME, "2026-06", founded=date(2026, 2, 15), **none).light is RED


class TestDevelopment:
    """Steps of twelve months, and what stands open past its limit."""

    NAME = "hs_b_development"

    @pytest.mark.parametrize(
        ("more", "says"),
        [
            ({"dev_steps_proper": [3]}, Says(0.75, 75, GREEN)),
            ({"dev_steps_proper": [3], "dev_overdue": [1]}, Says(0.75, 55, YELLOW)),
            ({"dev_steps_proper": [1], "dev_overdue": [2]}, Says(0.25, 0, YELLOW)),
            ({"dev_steps_proper": [3], "dev_uploads_missing": [1]}, Says(0.75, 75, YELLOW)),
            ({"dev_steps_proper": [3], "dev_overdue": [1], "dev_overdue_30": [1]}, Says(0.75, 55, RED)),
            ({"dev_steps_proper": [4], "dev_steps_early": [1]}, Says(1, 100, RED)),
        ],
    )
    def test_overdue_and_undocumented_are_yellow_long_overdue_and_early_red(
        self, more: dict[str, list[float]], says: Says
    ) -> None:
        assert closed(self.NAME, "2026-05", dev_steps=[4], **more) == says

    def test_without_a_step_due_an_open_overdue_one_is_zero_and_red(self) -> None:
        assert closed(self.NAME, "2026-05", dev_overdue=[1]) == Says(0, 0, RED)
        assert closed(self.NAME, "2026-05", dev_uploads_missing=[1]) == Says(0, 0, YELLOW)

    def test_a_fault_is_forgotten_after_twelve_months(self) -> None:
        steps = {"dev_steps": [0.0] * 11 + [1], "dev_steps_proper": [0.0] * 11 + [1]}
        assert closed(self.NAME, "2026-05", dev_steps_early=[1] + [0] * 11, **steps).light is RED
        assert closed(self.NAME, "2026-06", dev_steps_early=[1] + [0] * 12, **steps).light is GREEN


@pytest.mark.parametrize(
    ("overdue", "long", "says"),
    [(0, 0, Says(0, 100, GREEN)), (1, 0, Says(1, 0, YELLOW)), (2, 1, Says(2, 0, RED))],
)
def test_an_overdue_disposition_is_yellow_and_red_after_ninety_days(
    overdue: float, long: float, says: Says
) -> None:
    measures = {"unqualified_overdue": [overdue], "unqualified_overdue_90": [long]}
    assert closed("hs_b_unqualified", "2026-05", unqualified_members=[3], **measures) == says


@pytest.mark.parametrize(
    ("red", "scored", "says"),
    [
        (9, 100, Says(0.09, 55, GREEN)),
        (1, 10, Says(0.1, 50, YELLOW)),
        (199, 1000, Says(0.199, 0.5, YELLOW)),
        (2, 10, Says(0.2, 0, RED)),
        (5, 10, Says(0.5, 0, RED)),
        # The published rule is literal: one red member of five is enough.
        (1, 5, Says(0.2, 0, RED)),
        (1, 2, Says(0.5, 0, RED)),
    ],
)
def test_a_fifth_of_red_members_is_red_in_small_branches_too(red: float, scored: float, says: Says) -> None:
    assert closed("hs_b_red_members", "2026-05", red_members=[red], scored_members=[scored]) == says


@pytest.mark.parametrize(
    ("filled", "fields", "light"),
    [(98, 100, GREEN), (979, 1000, YELLOW), (90, 100, YELLOW), (899, 1000, RED), (6, 7, YELLOW)],
)
def test_records_are_complete_to_98_percent_and_a_single_gap_is_never_red(
    filled: float, fields: float, light: Light
) -> None:
    found = closed("hs_b_info_quality", "2026-05", member_fields=[fields], member_fields_filled=[filled])
    assert found.light is light


@pytest.mark.parametrize(
    ("vacancy", "size", "full", "says"),
    [
        (0, 2, 6, Says(0, 100, GREEN)),
        (0, 2, 7, Says(0, 50, YELLOW)),
        (0, 3, 7, Says(0, 100, GREEN)),
        (30, 3, 7, Says(30, 0, GREEN)),
        (31, 3, 7, Says(31, 0, YELLOW)),
        (90, 3, 7, Says(90, 0, YELLOW)),
        (91, 3, 7, Says(91, 0, RED)),
    ],
)
def test_a_vacancy_is_yellow_after_30_days_and_red_after_90(
    vacancy: float, size: float, full: float, says: Says
) -> None:
    measures = {"vacancy_days": [vacancy], "committee_size": [size], "full_members": [full]}
    assert closed("hs_b_leadership", "2026-05", **measures) == says


def test_a_branch_whose_founding_nobody_knows_has_no_vacancy_to_tell() -> None:
    assert closed("hs_b_leadership", "2026-05", full_members=[3]) == NODATA


@pytest.mark.parametrize(
    ("inspected", "issues", "overdue", "says"),
    [
        (1, 0, 0, Says(0, 100, GREEN)),
        (1, 1, 0, Says(1, 75, GREEN)),
        (1, 1, 1, Says(1, 75, YELLOW)),
        (1, 4, 4, Says(4, 0, YELLOW)),
        (0, 0, 0, Says(0, 60, YELLOW)),
    ],
)
def test_a_venue_is_yellow_without_an_inspection_or_past_the_limit_of_its_faults(
    inspected: float, issues: float, overdue: float, says: Says
) -> None:
    measures = {"venue_inspected": [inspected], "venue_issues": [issues], "venue_issues_overdue": [overdue]}
    assert closed("hs_b_venue", "2026-05", venue_access=[1], **measures) == says


def test_without_any_venue_a_branch_is_red() -> None:
    assert closed("hs_b_venue", "2026-05") == Says(4, 0, RED)


class TestCondolence:
    """Visits of one winter; shown until the next."""

    NAME = "hs_b_condolence"

    @pytest.mark.parametrize(
        ("last", "visited", "says"),
        [
            ("2025-12", [0], Says(0, 0, GREEN)),
            ("2026-01", [3, 1], Says(1, 100, GREEN)),
            ("2026-01", [1, 0], Says(0.25, 25, YELLOW)),
            ("2026-02", [1, 1, 0], Says(0.5, 50, YELLOW)),
            ("2026-02", [1, 0, 0], Says(0.25, 25, RED)),
            ("2026-11", [1, 0, 0] + [0] * 9, Says(0.25, 25, RED)),
            # What was visited after February does not belong to the season.
            ("2026-03", [1, 1, 1, 9], Says(0.75, 75, YELLOW)),
        ],
    )
    def test_due_on_the_first_of_december_visited_by_the_end_of_february(
        self, last: str, visited: list[float], says: Says
    ) -> None:
        due = [4.0] + [0] * (len(visited) - 1)
        assert closed(self.NAME, last, condolence_due=due, condolence_visited=visited) == says

    def test_one_forgotten_member_is_at_most_yellow(self) -> None:
        assert closed(self.NAME, "2026-02", condolence_due=[1, 0, 0]) == Says(0, 0, YELLOW)

    def test_a_season_that_began_before_the_data_is_not_judged(self) -> None:
        assert closed(self.NAME, "2026-02", condolence_visited=[1, 1]) == NA


@pytest.mark.parametrize(
    ("measures", "says"),
    [
        ({"stars": [3], "stars_before": [3]}, Says(3, 60, GREEN)),
        ({"stars": [3]}, Says(3, 60, GREEN)),
        ({"stars": [4], "stars_before": [5]}, Says(4, 80, YELLOW)),
        ({"stars": [2], "stars_before": [1]}, Says(2, 40, RED)),
        ({"stars": [5], "stars_before": [5], "weak_lax": [1]}, Says(5, 100, RED)),
        # A listed branch nobody has rated is not hidden behind "not rated".
        ({"weak_lax": [1]}, Says(0, 0, RED)),
    ],
)
def test_fewer_stars_than_last_year_are_yellow_two_or_a_listing_red(
    measures: dict[str, list[float]], says: Says
) -> None:
    assert closed("hs_b_star", "2026-05", **measures) == says


@pytest.mark.parametrize(
    ("lag", "overdue", "says"),
    [
        (-0.25, 0, Says(0, 100, GREEN)),
        (0.1, 0, Says(0.1, 90, GREEN)),
        (0.11, 0, Says(0.11, 89, YELLOW)),
        (0.9, 0, Says(0.9, 10, YELLOW)),
        (0.05, 1, Says(0.05, 95, RED)),
    ],
)
def test_a_project_behind_its_plan_is_yellow_past_its_date_red(
    lag: float, overdue: float, says: Says
) -> None:
    found = closed("hs_b_secretary_project", "2026-05", project_lag=[lag], projects_overdue=[overdue])
    assert found == says
