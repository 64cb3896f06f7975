"""From single indicators to the branch: its light, its 支部诊疗分, its radar (indicators.md §5.3, §5.4, §7.3)."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from data.indicators.evaluate import evaluate, unknown_components
from data.readmodel.cube import Cube
from data.readmodel.results import RADAR_AXES, Light
from tests.naive.district import add_months
from tests.naive.one_branch import PROFILE

MONTHS = [add_months("2025-01", n) for n in range(16)]
LAST_CLOSED = len(MONTHS) - 2
CATALOGUE = PROFILE.catalogue
# What a branch does every month when it does everything.
DILIGENT = {
    "eligible": 1,
    "active": 1,
    "established_day": date(2015, 1, 1).toordinal(),
    "assemblies": 1,
    "committee_meetings": 1,
    "has_committee": 1,
    "has_secretary": 1,
    "lectures": 1,
    "theme_days": 1,
    "life_activities": 3,
    "activities": 4,
    "groups": 2,
    "groups_met": 2,
    "required": 20,
    "present": 20,
    "dues_owed": 20,
    "dues_full": 20,
    "transfer_steps": 1,
    "transfer_steps_on_time": 1,
    "floating_due": 1,
    "floating_reported": 1,
    "life_meeting_this_year": 1,
    "appraisal_this_year": 1,
    "appraisable_this_year": 20,
    "appraised_this_year": 20,
    "term_days": 500,
    "study_sessions": 1,
    "deliberations": 1,
    "disclosures": 1,
    "dev_steps": 1,
    "dev_steps_proper": 1,
    "unqualified_members": 1,
    "member_fields": 140,
    "member_fields_filled": 140,
    "full_members": 20,
    "scored_members": 20,
    "vacancy_days": 0,
    "committee_size": 3,
    "venue_access": 1,
    "venue_inspected": 1,
    "stars": 5,
    "stars_before": 5,
    "project_lag": 0,
    "normal_members": 18,
    "talked_in_year": 18,
    "volunteer_hours": 20,
    "service_members": 18,
    "activities_at_venue": 4,
    "posts": 1,
    "ledger_entries": 1,
    "login_weeks": 5,
    "secretary_hours": 5,
    "warnings_due": 1,
    "warnings_rectified_in_time": 1,
}


def diligent() -> Cube:
    """One branch that does everything in every month."""
    cube = Cube.empty([7], MONTHS)
    for name, value in DILIGENT.items():
        cube[name][:] = value
    decembers = [month.endswith("-12") for month in MONTHS]
    for name in ("condolence_due", "condolence_visited"):
        cube[name][0] = np.where(decembers, 4, 0)
    return cube


def of_branch(
    cube: Cube, column: str, month: int = LAST_CLOSED, missing: frozenset[str] = frozenset()
) -> float:
    columns: Any = evaluate(cube, CATALOGUE, missing).columns
    return float(columns[column][0, month])


def test_a_branch_that_does_everything_is_green_with_a_full_score() -> None:
    assert of_branch(diligent(), "light") == Light.GREEN
    assert of_branch(diligent(), "score") == 100


def test_one_red_light_of_the_list_turns_the_branch_red() -> None:
    cube = diligent()
    cube["theme_days"][0, LAST_CLOSED - 1 : LAST_CLOSED + 1] = 0
    assert of_branch(cube, "light") == Light.RED


def test_a_red_light_off_the_list_turns_the_branch_yellow_only() -> None:
    cube = diligent()
    cube["committee_meetings"][0, LAST_CLOSED - 1 : LAST_CLOSED + 1] = 0
    assert of_branch(cube, "hs_b_committee_meeting_light") == Light.RED
    assert of_branch(cube, "light") == Light.YELLOW


def test_the_score_is_weighted_over_what_applies() -> None:
    cube = diligent()
    cube["present"][0, LAST_CLOSED] = 10
    cube["groups"][0, LAST_CLOSED] = 0
    # 参与率 weighs 6 and scores 50; 党小组会 (3 of all) does not apply.
    weights = sum(rule.weight for rule in CATALOGUE.lighting) - 3
    assert of_branch(cube, "score") == pytest.approx(((weights - 6) * 100 + 6 * 50) / weights)


def test_more_than_eight_of_twenty_six_without_data_are_grey() -> None:
    # Eight indicators: terms feed two of them, every other family one.
    eight = frozenset({"dues", "transfers", "floating", "terms", "ratings", "projects", "posts"})
    assert of_branch(diligent(), "light", missing=eight) == Light.GREEN
    assert of_branch(diligent(), "light", missing=eight | {"attendance"}) == Light.NODATA


def test_a_real_red_light_is_never_hidden_by_missing_feeds() -> None:
    cube = diligent()
    cube["life_activities"][0, LAST_CLOSED - 1 : LAST_CLOSED + 1] = 0
    missing = frozenset(
        {"dues", "transfers", "floating", "terms", "attendance", "appraisals", "ratings", "venues"}
    )
    assert of_branch(cube, "light", missing=missing) == Light.RED


def test_below_half_of_the_weights_there_is_no_score() -> None:
    life = frozenset({"activities", "groups", "attendance"})
    assert of_branch(diligent(), "score", missing=life) == 100
    assert math.isnan(of_branch(diligent(), "score", missing=life | {"appraisals"}))


def test_a_branch_that_is_not_evaluated_has_neither_light_nor_score_nor_radar() -> None:
    cube = diligent()
    cube["eligible"][0, LAST_CLOSED] = 0
    assert of_branch(cube, "light") == Light.NA
    for column in ("score", *RADAR_AXES):
        assert math.isnan(of_branch(cube, column))


def test_the_open_month_has_the_last_closed_lights_and_no_score() -> None:
    cube = diligent()
    cube["theme_days"][0, -1] = 0
    assert of_branch(cube, "light", -1) == Light.GREEN
    assert math.isnan(of_branch(cube, "score", -1))
    cube["term_days"][0, -1] = -1
    assert of_branch(cube, "light", -1) == Light.RED


def test_an_axis_without_any_component_is_a_gap_and_not_zero() -> None:
    cube = diligent()
    only = {
        axis: spec.model_copy(update={"components": ("hs_b_floating",)})
        for axis, spec in PROFILE.radar.items()
    }
    cube["floating_due"][:] = 0
    columns: Any = evaluate(cube, replace(CATALOGUE, radar=only)).columns
    assert math.isnan(columns["jn_r_team"][0, LAST_CLOSED])


@pytest.mark.parametrize("axis", RADAR_AXES)
def test_every_axis_of_a_branch_that_does_everything_is_full(axis: str) -> None:
    assert of_branch(diligent(), axis) == 100


@pytest.mark.parametrize(
    ("component", "measure", "given", "score"),
    [
        # January to March 2026 have 4, 4 and 5 Sundays: as many weeks end in them.
        ("logins", "login_weeks", [4, 5, 0], 100 * 9 / 13),
        ("posts", "posts", [0, 2, 0], 200 / 3),
        ("posts", "posts", [9, 0, 0], 100),
        ("ledger", "ledger_entries", [0, 7, 0], 100 / 3),
        ("secretary_study", "secretary_hours", [2, 2, 2], 100 * 6 / (56 * 3 / 12)),
        ("venue_use", "activities_at_venue", [4, 2, 0], 50),
    ],
)
def test_a_component_is_measured_over_the_last_three_months(
    component: str, measure: str, given: list[float], score: float
) -> None:
    cube = diligent()
    cube[measure][0, LAST_CLOSED - 2 : LAST_CLOSED + 1] = given
    only = {
        axis: spec.model_copy(update={"components": (component,)}) for axis, spec in PROFILE.radar.items()
    }
    columns: Any = evaluate(cube, replace(CATALOGUE, radar=only)).columns
    assert columns["jn_r_team"][0, LAST_CLOSED] == pytest.approx(score)


def test_a_component_without_its_feed_is_left_out_of_the_axis() -> None:
    cube = diligent()
    cube["posts"][:] = 0
    only = {
        axis: spec.model_copy(update={"components": ("hs_b_dues_collection", "posts")})
        for axis, spec in PROFILE.radar.items()
    }
    catalogue = replace(CATALOGUE, radar=only)
    with_feed: Any = evaluate(cube, catalogue).columns
    without: Any = evaluate(cube, catalogue, frozenset({"posts"})).columns
    assert with_feed["jn_r_team"][0, LAST_CLOSED] == 50
    assert without["jn_r_team"][0, LAST_CLOSED] == 100


def test_every_component_the_profile_names_is_known() -> None:
    assert unknown_components(PROFILE.radar) == []
