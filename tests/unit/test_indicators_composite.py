"""From single indicators to the branch: its light, its 支部诊疗分, its radar (indicators.md §5.3, §5.4, §7.3)."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from typing import Any

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
}


def diligent() -> Cube:
    """One branch that does everything in every month."""
    cube = Cube.empty([7], MONTHS)
    for name, value in DILIGENT.items():
        cube[name][:] = value
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
    # 参与率 weighs 6 and scores 50; 党小组会 (3 of 58) does not apply.
    assert of_branch(cube, "score") == pytest.approx((49 * 100 + 6 * 50) / 55)


def test_more_than_eight_of_twenty_six_without_data_are_grey() -> None:
    four = frozenset({"dues", "transfers", "floating", "terms"})
    assert of_branch(diligent(), "light", missing=four) == Light.GREEN
    assert of_branch(diligent(), "light", missing=four | {"attendance"}) == Light.NODATA


def test_a_real_red_light_is_never_hidden_by_missing_feeds() -> None:
    cube = diligent()
    cube["life_activities"][0, LAST_CLOSED - 1 : LAST_CLOSED + 1] = 0
    missing = frozenset({"dues", "transfers", "floating", "terms", "attendance", "appraisals"})
    assert of_branch(cube, "light", missing=missing) == Light.RED


def test_below_half_of_the_weights_there_is_no_score() -> None:
    assert math.isnan(
        of_branch(diligent(), "score", missing=frozenset({"activities", "groups", "attendance"}))
    )
    assert of_branch(diligent(), "score", missing=frozenset({"attendance", "dues", "terms"})) == 100


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
    assert of_branch(cube, "jn_r_guarantee") == 0
    only = {
        axis: spec.model_copy(update={"components": ("hs_b_floating",)})
        for axis, spec in PROFILE.radar.items()
    }
    cube["floating_due"][:] = 0
    columns: Any = evaluate(cube, replace(CATALOGUE, radar=only)).columns
    assert math.isnan(columns["jn_r_team"][0, LAST_CLOSED])


def test_a_component_without_its_feed_is_left_out_of_the_axis() -> None:
    cube = diligent()
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
