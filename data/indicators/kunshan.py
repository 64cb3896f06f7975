"""昆山 at branch level: members out of touch, steps of admission, study online, venues and rectification."""

from __future__ import annotations

import numpy as np

from data.indicators.entry import Formula
from data.indicators.result import Result, lights, ratio, result
from data.indicators.rules import IndicatorRule
from data.indicators.setting import Setting
from data.indicators.shares import guarded
from data.indicators.timeline import Array

# Red also from this share of the members on; a ratio, so one single member is never red by it (§11.5).
RED_SHARE = 0.10
YEAR = 12


def long_out(measure: str) -> Formula:
    """Members without dues or organisation life for three months: lines over their number."""

    def formula(at: Setting, rule: IndicatorRule) -> Result:
        n, members = at.cube[measure], at.cube["members"]
        share = ratio(n, members)
        yellow, red = rule.beyond(n)
        red = red | ((share >= RED_SHARE) & (n >= 2))
        na = at.not_eligible | (members <= 0)
        nodata = at.no_feed("member_lights", "members") & ~at.not_eligible
        return result(n, 100 * (1 - share), lights(at.shape, yellow=yellow, red=red, na=na, nodata=nodata))

    return formula


def upload_rate(at: Setting, rule: IndicatorRule) -> Result:
    """Done steps with their upload among those that need one, over twelve months."""
    d = at.timeline.last(at.cube["dev_uploads_due"], YEAR)
    n = d - at.timeline.last(at.cube["dev_uploads_missing"], YEAR)
    return guarded(at, rule, ratio(n, d), n, d, at.no_feed("development", "step_records"))


def overdue_steps(at: Setting, rule: IndicatorRule) -> Result:
    """Open steps past their limit; the red line is for those past it by more than thirty days."""
    return _open(at, rule, at.cube["dev_overdue"], at.cube["dev_overdue_30"], "development")


def venue_issues(at: Setting, rule: IndicatorRule) -> Result:
    """Flags of the venues the branch keeps; the red line is for those past the day of rectification."""
    return _open(at, rule, at.cube["own_venue_issues"], at.cube["own_venue_issues_overdue"], "venue_issues")


def _open(at: Setting, rule: IndicatorRule, n: Array, late: Array, family: str) -> Result:
    light = lights(
        at.shape,
        yellow=rule.yellow_line.crossed(n),
        red=rule.red_line.crossed(late),
        na=at.not_eligible,
        nodata=at.no_feed(family) & ~at.not_eligible,
    )
    return result(n, 100 - 20 * n, light)


def hours_per_head(at: Setting, rule: IndicatorRule) -> Result:
    """Hours of the year to date per registered member; the lines are shares of the district's average (S2)."""
    hours = at.timeline.since_year_start(at.cube["online_hours"])
    value = ratio(hours, at.cube["registered_members"])
    na = at.not_eligible | np.isnan(value)
    nodata = at.no_feed("study", "member_lights") & ~at.not_eligible
    share = ratio(value, at.district_average(rule.id, np.where(na | nodata, np.nan, value)))
    yellow, red = rule.beyond(share)
    light = lights(at.shape, yellow=yellow, red=red, na=na, nodata=nodata)
    return result(value, 100 * np.minimum(1, share), light)
