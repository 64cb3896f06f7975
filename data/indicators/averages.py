"""What a branch did over three months against the mean of all branches."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from data.clock import add_months, first_day
from data.indicators.entry import Formula
from data.indicators.result import Result, lights, ratio, result, too_broken
from data.indicators.rules import IndicatorRule
from data.indicators.setting import Setting
from data.indicators.timeline import Array, Mask

# Over the months that end with each column: what was done in them.
Amount = Callable[[Setting, int], Array]
MONTHS = 3


def too_short(at: Setting, months: int) -> Mask:
    """Cells whose last n months began before the data or before the branch: nobody knows what they would tell."""
    starts = [first_day(add_months(month, 1 - months)) for month in at.cube.months]
    unknown = ~np.broadcast_to(at.timeline.covers(starts), at.shape)
    return np.asarray(unknown | at.established_after([day.toordinal() for day in starts]))


def below_average(amount: Amount, red_months: int, unknown: Callable[[Setting], Mask]) -> Formula:
    """Yellow by the share of AVG_D over three months, red by the amount itself over ``red_months`` (S2)."""

    def formula(at: Setting, rule: IndicatorRule) -> Result:
        value = amount(at, MONTHS)
        na = at.not_eligible | too_short(at, MONTHS) | np.isnan(value)
        nodata = unknown(at) & ~na
        average = at.district_average(rule.id, np.where(na | nodata, np.nan, value))
        # Where nobody did anything there is nothing to compare with.
        na |= ~(average > 0) & ~nodata
        share = ratio(value, average)
        red = rule.red_line.crossed(amount(at, red_months)) & ~too_short(at, red_months)
        light = lights(at.shape, yellow=rule.yellow_line.crossed(share), red=red, na=na, nodata=nodata)
        return result(value, 100 * np.minimum(1, np.nan_to_num(share)), light)

    return formula


def counted(measure: str) -> Amount:
    """How often."""
    return lambda at, months: at.timeline.last(at.cube[measure], months)


def per_head(measure: str, heads: str) -> Amount:
    """How much for each of those a branch has at the end of the column; NaN where it has none."""
    return lambda at, months: ratio(at.timeline.last(at.cube[measure], months), at.cube[heads])


def activities_unknown(at: Setting) -> Mask:
    """No feed, or too many activities of the three months that cannot be counted."""
    broken, held = (at.timeline.last(at.cube[name], MONTHS) for name in ("activities_broken", "activities"))
    return np.asarray(at.no_feed("activities") | too_broken(broken, held))


def service_unknown(at: Setting) -> Mask:
    return at.no_feed("service", "members")
