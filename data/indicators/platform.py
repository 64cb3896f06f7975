"""Use of the platform and the rhythm of organisation life: amounts, shares, days between activities."""

from __future__ import annotations

import numpy as np

from data.indicators.entry import Formula
from data.indicators.result import Result, lights, ratio, result
from data.indicators.rules import IndicatorRule
from data.indicators.setting import Setting
from data.indicators.timeline import Array

MONTHS = 6


def amount(measure: str, *families: str) -> Formula:
    """A number that is only shown, or judged by lines of its own; without a score."""

    def formula(at: Setting, rule: IndicatorRule) -> Result:
        value = at.cube[measure]
        yellow, red = rule.beyond(value)
        na = at.not_eligible | np.isnan(value)
        nodata = at.no_feed(*families) & ~at.not_eligible
        light = lights(at.shape, yellow=yellow, red=red, na=na, nodata=nodata)
        return result(value, np.full(at.shape, np.nan), light)

    return formula


def engagement(at: Setting, rule: IndicatorRule) -> Result:
    """Comments and likes per view, at most 1; they may come without a view of the same month."""
    views = at.cube["views"]
    value = np.minimum(1.0, ratio(at.cube["comments"] + at.cube["likes"], views))
    yellow, red = rule.beyond(value)
    nodata = at.no_feed("platform") & ~at.not_eligible
    light = lights(at.shape, yellow=yellow, red=red, na=at.not_eligible | (views <= 0), nodata=nodata)
    return result(value, 100 * value, light)


def activity_interval(at: Setting, rule: IndicatorRule) -> Result:
    """Days between the first and the last organisation life of six months, over the number of steps between."""
    times = at.timeline.last(at.cube["life_activities"], MONTHS)
    first = _rolling(at.cube["first_life_day"], np.fmin)
    last = _rolling(at.cube["last_life_day"], np.fmax)
    value = ratio(last - first, times - 1)
    yellow, red = rule.beyond(value)
    nodata = at.no_feed("activities", "rhythm") & ~at.not_eligible
    na = at.not_eligible | (times < 2) | np.isnan(value)
    light = lights(at.shape, yellow=yellow, red=red, na=na, nodata=nodata)
    usual = rule.yellow.at if rule.yellow is not None else np.inf
    return result(value, 100 * usual / np.maximum(value, 1), light)


def _rolling(values: Array, pick: np.ufunc) -> Array:
    """The extreme over the last six columns; unknown (NaN) ones do not count."""
    found = values.copy()
    for back in range(1, min(MONTHS, values.shape[1])):
        found[:, back:] = pick(found[:, back:], values[:, :-back])
    return found
