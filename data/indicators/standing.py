"""How a branch stands at the end of a month: leadership, venue, stars, the lights of its members."""

from __future__ import annotations

import numpy as np

from data.indicators.result import Result, lights, ratio, result
from data.indicators.rules import IndicatorRule
from data.indicators.setting import Setting

# A branch with this many full members needs a committee of three (R12).
FULL_FOR_COMMITTEE, COMMITTEE = 7, 3
# Flags of a venue inspection; without any venue none of them is in order.
VENUE_FLAGS = 4
# S6: at this share of red members nothing is left of the score.
NO_SCORE_SHARE = 0.20


def leadership(at: Setting, rule: IndicatorRule) -> Result:
    """Days without a secretary; a committee smaller than the size of the branch asks for is yellow."""
    vacancy = at.cube["vacancy_days"]
    small = (at.cube["full_members"] >= FULL_FOR_COMMITTEE) & (at.cube["committee_size"] < COMMITTEE)
    yellow, red = rule.beyond(vacancy)
    light = lights(
        at.shape,
        yellow=yellow | small,
        red=red,
        na=at.not_eligible,
        nodata=(np.isnan(vacancy) | at.no_feed("terms", "members")) & ~at.not_eligible,
    )
    return result(vacancy, np.where(vacancy > 0, 0.0, np.where(small, 50.0, 100.0)), light)


def venue(at: Setting, rule: IndicatorRule) -> Result:
    """Shortcomings not put right; yellow past their limit or without an inspection, red without any venue."""
    access, inspected = at.cube["venue_access"] > 0, at.cube["venue_inspected"] > 0
    issues = np.where(access, at.cube["venue_issues"], VENUE_FLAGS)
    light = lights(
        at.shape,
        yellow=rule.yellow_line.crossed(at.cube["venue_issues_overdue"]) | ~inspected,
        red=~access,
        na=at.not_eligible,
        nodata=at.no_feed("venues") & ~at.not_eligible,
    )
    return result(issues, np.where(access & ~inspected, 60.0, 100.0 - 25.0 * issues), light)


def star(at: Setting, rule: IndicatorRule) -> Result:
    """Stars of the newest rating: the yellow line is for the change against the year before, the red one for the
    stars. A branch listed as weak is red, rated or not."""
    stars, weak = at.cube["stars"], at.cube["weak_lax"] > 0
    light = lights(
        at.shape,
        yellow=rule.yellow_line.crossed(stars - at.cube["stars_before"]),
        red=rule.red_line.crossed(stars) | weak,
        na=at.not_eligible | (np.isnan(stars) & ~weak),
        nodata=at.no_feed("ratings") & ~at.not_eligible,
    )
    value = np.nan_to_num(stars)
    return result(value, 20 * value, light)


def red_members(at: Setting, rule: IndicatorRule) -> Result:
    """Share of scored members whose light is red; the published line is applied literally, without a guard."""
    value = ratio(at.cube["red_members"], at.cube["scored_members"])
    yellow, red = rule.beyond(value)
    na = at.not_eligible | np.isnan(value)
    light = lights(
        at.shape,
        yellow=yellow,
        red=red,
        na=na,
        nodata=at.no_feed("member_lights", "members") & ~at.not_eligible,
    )
    return result(value, 100 * (1 - np.nan_to_num(value) / NO_SCORE_SHARE), light)
