"""Days left of the committee's term."""

from __future__ import annotations

import numpy as np

from data.clock import last_day
from data.indicators.result import Result, lights, result
from data.indicators.rules import IndicatorRule
from data.indicators.setting import Setting


def term(at: Setting, rule: IndicatorRule) -> Result:
    """Days left of the term; the last valid day is still a full score (rulings 14)."""
    days = at.cube["term_days"]
    first_year = at.established_after([last_day(month).toordinal() - 365 for month in at.cube.months])
    none = np.isnan(days)
    na = at.not_eligible | (at.cube["temporary"] > 0) | (none & first_year)
    known = np.nan_to_num(days, nan=0.0)
    light = lights(
        at.shape,
        yellow=rule.yellow_line.crossed(known),
        red=rule.red_line.crossed(known),
        na=na,
        nodata=(none | at.no_feed("terms")) & ~na,
    )
    return result(known, 100.0 * (known >= 0), light)
