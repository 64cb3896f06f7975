"""江宁, the 15 warnings: meetings that were missed, reviews, steps past their limit, members beyond a line (§7.1)."""

from __future__ import annotations

import numpy as np

from data.indicators.duties import broken_activities
from data.indicators.entry import Formula
from data.indicators.result import Result, lights, ratio, result
from data.indicators.reviews import review_not_asked
from data.indicators.rules import IndicatorRule
from data.indicators.setting import Setting
from data.indicators.shares import of_last_quarter
from data.indicators.timeline import Array, Mask
from data.readmodel.light import Light

QUARTERLY_MEETINGS = ("hs_b_member_assembly", "hs_b_party_lecture")
MONTHLY_MEETINGS = ("hs_b_committee_meeting", "hs_b_group_meeting")
# From the close of February until the next round begins in October.
DECIDED_FROM, DECIDED_TO = 2, 9
SMALLEST, LARGEST, COMMITTEE_FROM, MOST_UNITS = 3, 50, 7, 5
LARGEST_GENERAL = 100


def _of_lights(yellow: Array, red: Array) -> Array:
    return np.select([red, yellow], [0.0, 50.0], 100.0)


def members_beyond(yellow: str, red: str, *families: str) -> Formula:
    """Value: members beyond the red line; the lines of the rule are numbers of such members."""

    def formula(at: Setting, rule: IndicatorRule) -> Result:
        near, beyond = at.cube[yellow], at.cube[red]
        is_yellow, is_red = rule.yellow_line.crossed(near), rule.red_line.crossed(beyond)
        light = lights(
            at.shape,
            yellow=is_yellow,
            red=is_red,
            na=at.not_eligible,
            nodata=at.no_feed(*families) & ~at.not_eligible,
        )
        return result(beyond, _of_lights(is_yellow, is_red), light)

    return formula


def transfer_overdue(at: Setting, rule: IndicatorRule) -> Result:
    """Steps open past their limit; yellow while one is due within two days."""
    overdue = at.cube["transfer_overdue"]
    soon, red = at.cube["transfer_due_soon"] > 0, rule.red_line.crossed(overdue)
    nodata = at.no_feed("transfers") & ~at.not_eligible
    light = lights(at.shape, yellow=soon, red=red, na=at.not_eligible, nodata=nodata)
    return result(overdue, _of_lights(soon, red), light)


def meetings_missed(at: Setting, rule: IndicatorRule) -> Result:
    """Missing of four: assembly and lecture in the last closed quarter, committee and groups in the month.

    A missed assembly is red by itself.
    """
    asked, missing = np.zeros(at.shape, dtype=bool), np.zeros(at.shape)
    assembly = np.zeros(at.shape, dtype=bool)
    for name in QUARTERLY_MEETINGS:
        light = of_last_quarter(at, at.result(name).light.astype(float))
        asked |= light > Light.NODATA
        missing += light == Light.RED
        assembly |= (light == Light.RED) & (name == QUARTERLY_MEETINGS[0])
    for name in MONTHLY_MEETINGS:
        value = at.result(name).value
        asked |= ~np.isnan(value)
        missing += value < 1
    red = rule.red_line.crossed(missing) | assembly
    light = lights(
        at.shape,
        yellow=rule.yellow_line.crossed(missing),
        red=red,
        na=at.not_eligible | ~asked,
        nodata=at.no_feed("activities") & ~at.not_eligible,
    )
    return result(missing, 100 - 25 * missing, light)


def months_without(measure: str) -> Formula:
    """Months in a row without, from the first full month after founding (rulings 25)."""

    def formula(at: Setting, rule: IndicatorRule) -> Result:
        broken = broken_activities(at)
        run = at.timeline.run((at.cube[measure] < 1) & ~at.not_eligible & ~broken)
        yellow, red = rule.beyond(run)
        nodata = (at.no_feed("activities") | broken) & ~at.not_eligible
        light = lights(at.shape, yellow=yellow, red=red, na=at.not_eligible, nodata=nodata)
        return result(run, _of_lights(yellow, red), light)

    return formula


def _held(at: Setting, name: str) -> Array:
    """Held for the year reviewed before the column, in time or late; late ones end before the next round."""
    cube, timeline = at.cube, at.timeline
    in_time = timeline.of_review_year(cube[f"{name}_this_year"], cube[f"{name}_last_year"])
    return np.asarray(in_time + timeline.since_year_start(cube[f"{name}_late"]))


def _decided(at: Setting) -> Mask:
    """Columns that judge last year's review, of branches that owed it in a year the data cover."""
    number = np.broadcast_to(at.timeline.number, at.shape)
    known = np.broadcast_to(at.timeline.review_years() >= at.timeline.year[0], at.shape)
    judged: Mask = (number >= DECIDED_FROM) & (number <= DECIDED_TO) & known
    return judged & ~at.not_eligible & ~review_not_asked(at)


def life_meeting_missing(at: Setting, rule: IndicatorRule) -> Result:
    """1 while last year's meeting is missing: yellow when January closes without, red when February does."""
    missing = _held(at, "life_meeting") <= 0
    january = np.broadcast_to(at.timeline.number == 1, at.shape) & ~review_not_asked(at)
    january &= np.broadcast_to(at.timeline.review_years() >= at.timeline.year[0], at.shape)
    red = missing & _decided(at)
    yellow = missing & january & ~at.not_eligible
    na = at.not_eligible | ~(_decided(at) | january)
    nodata = at.no_feed("appraisals") & ~na
    light = lights(at.shape, yellow=yellow, red=red, na=na, nodata=nodata)
    return result(missing.astype(float), _of_lights(yellow, red), light)


def appraisal_low(at: Setting, rule: IndicatorRule) -> Result:
    """Share appraised at the close of February; not held at all is red, one member left out at most yellow."""
    n, d = _held(at, "appraised"), _held(at, "appraisable")
    held = _held(at, "appraisal") > 0
    value = np.where(held, ratio(n, d), 0.0)
    nobody = np.where(held, d, at.timeline.at_review_close(at.cube["members"])) <= 0
    na = ~_decided(at) | nobody
    yellow, low = rule.beyond(value)
    red = ~held | (low & (d - n >= 2))
    light = lights(at.shape, yellow=yellow, red=red, na=na, nodata=at.no_feed("appraisals") & ~na)
    return result(value, 100 * value, light)


def vacancy(at: Setting, rule: IndicatorRule) -> Result:
    """Days without a secretary, counted from founding where there never was one (rulings 26)."""
    days = at.cube["vacancy_days"]
    yellow, red = rule.beyond(days)
    nodata = (np.isnan(days) | at.no_feed("terms")) & ~at.not_eligible
    light = lights(at.shape, yellow=yellow, red=red, na=at.not_eligible, nodata=nodata)
    return result(days, _of_lights(yellow, red), light)


def development_overdue(at: Setting, rule: IndicatorRule) -> Result:
    """Days the longest open step is past its limit; yellow too while one is due within seven days."""
    days = at.cube["dev_overdue_days"]
    yellow, red = rule.beyond(days)
    yellow = yellow | (at.cube["dev_due_soon"] > 0)
    nodata = at.no_feed("development") & ~at.not_eligible
    light = lights(at.shape, yellow=yellow, red=red, na=at.not_eligible, nodata=nodata)
    return result(days, _of_lights(yellow, red), light)


def structure_abnormal(at: Setting, rule: IndicatorRule) -> Result:
    """Breaches at the end of the month; red when the end of the month before had one too."""
    cube = at.cube
    full = cube["full_members"]
    breaches = (
        ((full < SMALLEST) & (cube["temporary"] <= 0)).astype(float)
        + (cube["members"] > LARGEST)
        + ((full >= COMMITTEE_FROM) & (cube["has_committee"] <= 0))
        # How many units an unfilled record joins is not known and no breach.
        + (np.nan_to_num(cube["joint_units"]) > MOST_UNITS)
    )
    nodata = at.no_feed("members", "terms", "setup") & ~at.not_eligible
    return _at_month_ends(at, rule, breaches, at.not_eligible, nodata)


def general_branch_oversized(at: Setting, rule: IndicatorRule) -> Result:
    """The one breach of a general branch, more than 100 members; other committees (members NaN) are not asked."""
    members = at.cube["members"]
    na = at.not_eligible | np.isnan(members)
    breaches = (members > LARGEST_GENERAL).astype(float)
    return _at_month_ends(at, rule, breaches, na, at.no_feed("members") & ~at.not_eligible)


def _at_month_ends(at: Setting, rule: IndicatorRule, breaches: Array, na: Mask, nodata: Mask) -> Result:
    """Value: breaches; the lines of the rule are month ends in a row with one."""
    run = at.timeline.run((breaches >= 1) & ~na)
    yellow, red = rule.beyond(run)
    light = lights(at.shape, yellow=yellow, red=red, na=na, nodata=nodata)
    return result(breaches, _of_lights(yellow, red), light)
